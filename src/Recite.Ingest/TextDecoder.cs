using System.Text;
using System.Text.Unicode;
using Recite.Indexing;
using Recite.Ingest.Encodings;
using Recite.Ingest.Inputs;

namespace Recite.Ingest;

/// <summary>
/// Decodes the bytes of a text file: UTF-8, UTF-16 and UTF-32 with or without a byte order mark (UTF-32 only with), else the
/// encoding that was named, else the one that the bytes show or Latin-1, said aloud. What is no text at all is refused.
/// </summary>
/// <remarks>A byte order mark is part of the decoded text, so that offsets are those of the file.</remarks>
public static class TextDecoder
{
    /// <summary>Decodes a whole file.</summary>
    /// <param name="bytes">The content. Valid UTF-8 is returned as it is, without a copy.</param>
    /// <param name="name">What to call the input in sentences.</param>
    /// <param name="encoding">What a text that is not Unicode is in, for instance <c>koi8-r</c>; null to judge by the bytes.</param>
    /// <exception cref="ReciteException">The content is binary, or nobody knows an encoding of that name.</exception>
    public static DecodedText Decode(ReadOnlyMemory<byte> bytes, string name, string? encoding = null) =>
        Decode(bytes, name, encoding is null ? null : CodePages.FindNamed(encoding) ?? throw UnknownEncoding(encoding));

    /// <summary>Decodes a whole file; a named encoding holds where the bytes are not Unicode by themselves.</summary>
    internal static DecodedText Decode(ReadOnlyMemory<byte> bytes, string name, Encoding? named)
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

        bool isWide = named is UnicodeEncoding or UTF32Encoding;
        if (!isWide)
            RefuseNuls(bytes.Span, label);
        if (!isWide && (named is null || !CodePages.IsSevenBit(named)))
        {
            RefuseControls(bytes.Span, label);
            if (Utf8.IsValid(bytes.Span))
                return new DecodedText(bytes, "utf-8", null);
        }

        return FallbackDecoder.Decode(bytes, label, named);
    }

    /// <summary>The error for a name that no encoding has.</summary>
    internal static ReciteException UnknownEncoding(string name) =>
        new($"No encoding is called {Printable.Show(name)}; give a name such as shift_jis, gb18030, koi8-r, windows-1251 or utf-16le.");

    /// <summary>Reads a stream to its end and decodes it.</summary>
    /// <exception cref="ReciteException">There are more than <paramref name="maxBytes"/> bytes, or they are binary.</exception>
    public static async Task<DecodedText> ReadAsync(Stream stream, string name, long maxBytes, CancellationToken ct) =>
        await ReadAsync(stream, name, maxBytes, encoding: null, ct);

    /// <summary>Reads a stream to its end and decodes it; <paramref name="encoding"/> is what a text that is not Unicode is in.</summary>
    /// <exception cref="ReciteException">There are more than <paramref name="maxBytes"/> bytes, they are binary, or nobody knows an encoding of that name.</exception>
    public static async Task<DecodedText> ReadAsync(Stream stream, string name, long maxBytes, string? encoding, CancellationToken ct) =>
        Decode(await BoundedRead.ToEndAsync(stream, maxBytes, Printable.Show(name), ct), name, encoding);

    /// <summary>Throws when the first bytes show already that the file is no text.</summary>
    internal static void RefuseBinaryHead(ReadOnlySpan<byte> head, string label, Encoding? named = null)
    {
        RefuseBinary(head, label);
        if (named is UnicodeEncoding or UTF32Encoding)
            return;
        if (UnicodeDetection.Detect(head) != Unicode.Unknown)
            return;
        RefuseNuls(head, label);
        RefuseControls(head, label);
    }

    private static void RefuseBinary(ReadOnlySpan<byte> head, string label)
    {
        if (BinaryContent.Recognize(head) is { } what)
            throw new IngestException(SkipKind.NotText, $"{label} is {what}, not text: leave it out, or convert it to text.");
    }

    private static void RefuseNuls(ReadOnlySpan<byte> bytes, string label)
    {
        if (bytes.Contains((byte)0))
            throw new IngestException(SkipKind.NotText, $"{label} holds NUL bytes and is no text: leave it out, or convert it to UTF-8.");
    }

    private static void RefuseControls(ReadOnlySpan<byte> utf8, string label)
    {
        if (BinaryContent.HasTooManyControls(utf8))
            throw new IngestException(SkipKind.NotText, $"{label} is mostly control characters and no text: leave it out, or convert it to UTF-8.");
    }

    // U+FFFD is EF BF BD. One that stood in the file already is told as well, which is better than silence.
    private static string? NoticeOfReplacements(ReadOnlySpan<byte> utf8, string label)
    {
        int count = utf8.Count([(byte)0xEF, (byte)0xBF, (byte)0xBD]);
        return count == 0 ? null : $"{label} has {count} damaged characters, read as U+FFFD.";
    }

    private static byte[] ToUtf8(this Encoding from, ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetBytes(from.GetString(bytes));
}
