using System.Text;
using System.Text.Unicode;
using Recite.Indexing;
using Recite.Ingest.Encodings;
using Recite.Ingest.Inputs;

namespace Recite.Ingest;

/// <summary>
/// Decodes the bytes of a text file: UTF-8, UTF-16 and UTF-32 with or without a byte order mark (UTF-32 only with), else
/// Latin-1, said aloud. What is no text at all is refused.
/// </summary>
/// <remarks>A byte order mark is part of the decoded text, so that offsets are those of the file.</remarks>
public static class TextDecoder
{
    /// <summary>Decodes a whole file.</summary>
    /// <param name="bytes">The content. Valid UTF-8 is returned as it is, without a copy.</param>
    /// <param name="name">What to call the input in sentences.</param>
    /// <exception cref="ReciteException">The content is binary.</exception>
    public static DecodedText Decode(ReadOnlyMemory<byte> bytes, string name)
    {
        string label = Printable.Show(name);
        RefuseBinary(bytes.Span, label);
        Unicode unicode = UnicodeDetection.Detect(bytes.Span);
        if (unicode is not (Unicode.Unknown or Unicode.Utf8))
        {
            byte[] converted = UnicodeDetection.EncodingOf(unicode).ToUtf8(bytes.Span);
            RefuseControls(converted, label);
            return new DecodedText(converted, UnicodeDetection.NameOf(unicode), NoticeOfReplacements(converted, label));
        }

        RefuseNuls(bytes.Span, label);
        RefuseControls(bytes.Span, label);
        return Utf8.IsValid(bytes.Span)
            ? new DecodedText(bytes, "utf-8", null)
            : FallbackDecoder.Decode(bytes, label);
    }

    /// <summary>Reads a stream to its end and decodes it.</summary>
    /// <exception cref="ReciteException">There are more than <paramref name="maxBytes"/> bytes, or they are binary.</exception>
    public static async Task<DecodedText> ReadAsync(Stream stream, string name, long maxBytes, CancellationToken ct) =>
        Decode(await BoundedRead.ToEndAsync(stream, maxBytes, Printable.Show(name), ct), name);

    /// <summary>Throws when the first bytes show already that the file is no text.</summary>
    internal static void RefuseBinaryHead(ReadOnlySpan<byte> head, string label)
    {
        RefuseBinary(head, label);
        if (UnicodeDetection.Detect(head) != Unicode.Unknown)
            return;
        RefuseNuls(head, label);
        RefuseControls(head, label);
    }

    private static void RefuseBinary(ReadOnlySpan<byte> head, string label)
    {
        if (BinaryContent.Recognize(head) is { } what)
            throw new ReciteException($"{label} is {what}, not text: leave it out, or convert it to text.");
    }

    private static void RefuseNuls(ReadOnlySpan<byte> bytes, string label)
    {
        if (bytes.Contains((byte)0))
            throw new ReciteException($"{label} holds NUL bytes and is no text: leave it out, or convert it to UTF-8.");
    }

    private static void RefuseControls(ReadOnlySpan<byte> utf8, string label)
    {
        if (BinaryContent.HasTooManyControls(utf8))
            throw new ReciteException($"{label} is mostly control characters and no text: leave it out, or convert it to UTF-8.");
    }

    // U+FFFD is EF BF BD. One that stood in the file already is told as well, which is better than silence.
    private static string? NoticeOfReplacements(ReadOnlySpan<byte> utf8, string label)
    {
        int count = utf8.Count([(byte)0xEF, (byte)0xBF, (byte)0xBD]);
        return count == 0 ? null : $"{label} has {count} damaged characters, read as U+FFFD.";
    }

    private static byte[] ToUtf8(this Encoding from, ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetBytes(from.GetString(bytes));
}
