using System.Text.Json;
using Recite.Ingest.Encodings;

namespace Recite.Ingest.Jsonl;

/// <summary>Tells JSON Lines from other JSON and from plain text by the first line.</summary>
internal static class JsonLinesDetection
{
    /// <summary>Whether the first line that is not blank is one whole object, as far as the head shows it.</summary>
    public static bool StartsWithAnObject(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> rest = LeadingBytes.SkipBlank(head);
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
    public static bool StartsWithAList(ReadOnlySpan<byte> head) => LeadingBytes.SkipBlank(head) is [(byte)'[', ..];
}
