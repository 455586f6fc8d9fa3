using System.Text;
using Recite.Indexing.Corpora;

namespace Recite.Evidence;

/// <summary>A piece of text with some of what stands before and behind it.</summary>
internal readonly record struct Excerpt(string Before, string Text, string After)
{
    /// <summary>Characters (code points) of context on either side.</summary>
    public const int ContextCharacters = 200;

    private const int ContextBytes = 4 * ContextCharacters;

    /// <summary>Cuts from a text in memory; offsets are UTF-8 bytes on code point borders.</summary>
    public static Excerpt Cut(ReadOnlySpan<byte> utf8, int start, int end) => new(
        Last(Encoding.UTF8.GetString(utf8[..start])),
        Encoding.UTF8.GetString(utf8[start..end]),
        First(Encoding.UTF8.GetString(utf8[end..])));

    /// <summary>Cuts from a document of the corpus.</summary>
    public static Excerpt Cut(CorpusIndex index, long document, long start, long end)
    {
        long from = Math.Max(0, start - ContextBytes);
        long to = Math.Min(index.GetDocument(document).Bytes, end + ContextBytes);
        byte[] bytes = index.ReadText(document, from, checked((int)(to - from)));
        int first = 0, last = bytes.Length;
        while (from > 0 && first < start - from && (bytes[first] & 0xC0) == 0x80)
            first++;
        // What was cut in the middle of a code point becomes U+FFFD at the very end, outside the context that is kept.
        return Cut(bytes.AsSpan(first, last - first), (int)(start - from) - first, (int)(end - from) - first);
    }

    /// <summary>The last characters of a text.</summary>
    public static string Last(string text)
    {
        int at = text.Length;
        for (int i = 0; i < ContextCharacters && at > 0; i++)
            at -= at > 1 && char.IsSurrogatePair(text[at - 2], text[at - 1]) ? 2 : 1;
        return text[at..];
    }

    private static string First(string text)
    {
        int at = 0;
        for (int i = 0; i < ContextCharacters && at < text.Length; i++)
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return text[..at];
    }
}
