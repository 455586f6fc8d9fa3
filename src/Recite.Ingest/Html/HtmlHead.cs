using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Recite.Ingest.Encodings;

namespace Recite.Ingest.Html;

/// <summary>What the first bytes of a page say about it.</summary>
internal static class HtmlHead
{
    // Browsers look at 1,024 bytes; a longer look costs nothing and finds declarations behind long comments.
    private const int DeclarationBytes = 8192;
    private const int MaxLabelBytes = 40;

    private static readonly SearchValues<byte> LabelEnds = SearchValues.Create("\"'>; \t\r\n/"u8);

    /// <summary>Whether the content begins with a doctype or an html tag.</summary>
    public static bool LooksLikeAPage(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> rest = LeadingBytes.SkipBlank(head);
        return StartsWith(rest, "<!doctype html"u8) || StartsWith(rest, "<html"u8);
    }

    /// <summary>Whether the page begins as XML, where an empty script or title tag closes itself.</summary>
    public static bool IsXml(ReadOnlySpan<byte> utf8) => StartsWith(LeadingBytes.SkipBlank(utf8), "<?xml"u8);

    /// <summary>The encoding that <c>charset=</c> of a meta tag or <c>encoding=</c> of an XML declaration names.</summary>
    public static bool TryFindEncoding(ReadOnlySpan<byte> page, [NotNullWhen(true)] out Encoding? encoding)
    {
        ReadOnlySpan<byte> head = page[..Math.Min(page.Length, DeclarationBytes)];
        int meta = IndexOf(head, "<meta"u8);
        encoding = null;
        return (StartsWith(head, "<?xml"u8) && TryFindLabel(head[..Math.Max(0, head.IndexOf((byte)'>'))], "encoding"u8, out encoding))
            || (meta >= 0 && TryFindLabel(head[meta..], "charset"u8, out encoding));
    }

    private static bool TryFindLabel(ReadOnlySpan<byte> head, ReadOnlySpan<byte> attribute, [NotNullWhen(true)] out Encoding? encoding)
    {
        encoding = null;
        int at = IndexOf(head, attribute);
        if (at < 0)
            return false;

        ReadOnlySpan<byte> rest = head[(at + attribute.Length)..].TrimStart(" \t\r\n="u8).TrimStart("\"' "u8);
        int length = rest.IndexOfAny(LabelEnds);
        if (length is < 1 or > MaxLabelBytes || rest[..length].ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            return false;
        encoding = CodePages.Find(Encoding.ASCII.GetString(rest[..length]));
        return encoding is not null;
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);

    private static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        for (int i = 0; i + word.Length <= text.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(text.Slice(i, word.Length), word))
                return i;
        }

        return -1;
    }
}
