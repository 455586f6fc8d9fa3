using System.Text.Json;

namespace Recite.Ingest.Jsonl;

/// <summary>Tells JSON Lines from other JSON and from plain text by the first line.</summary>
internal static class JsonLinesDetection
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether the first line that is not blank is one whole object, as far as the head shows it.</summary>
    public static bool StartsWithAnObject(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> rest = SkipBlank(head);
        if (rest.IsEmpty || rest[0] != (byte)'{')
            return false;

        int lineFeed = rest.IndexOf((byte)'\n');
        bool isWhole = lineFeed >= 0 || head.Length < InputFile.HeadBytes;
        try
        {
            var reader = new Utf8JsonReader(lineFeed >= 0 ? rest[..lineFeed] : rest, isWhole, default);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether the content is one JSON list.</summary>
    public static bool StartsWithAList(ReadOnlySpan<byte> head) => SkipBlank(head) is [(byte)'[', ..];

    /// <summary>What follows a byte order mark and white space.</summary>
    public static ReadOnlySpan<byte> SkipBlank(ReadOnlySpan<byte> bytes) => SkipByteOrderMark(bytes).TrimStart(" \t\r\n"u8);

    /// <summary>What follows a UTF-8 byte order mark.</summary>
    public static ReadOnlySpan<byte> SkipByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
}
