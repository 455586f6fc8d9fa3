using System.IO.Compression;
using Recite.Indexing.Text;

namespace Recite.Evidence;

/// <summary>
/// Says whether a text is so repetitive that getting it back proves nothing (M19): it compresses (DEFLATE) to less than one bit per
/// character, or it is a repetition of something at most a quarter as long as itself. Such text is kept and shown, and stays out of rates.
/// </summary>
/// <remarks>Worked example: <c>na na na na na na na na</c> has period 3 and is boilerplate; any sentence is not.</remarks>
internal static class Boilerplate
{
    private const int PeriodsAtLeast = 4;

    /// <summary>Judges normalized text.</summary>
    public static bool Is(ReadOnlySpan<byte> normalized)
    {
        if (normalized.IsEmpty)
            return false;
        return Period(normalized) * PeriodsAtLeast <= normalized.Length || CompressedBits(normalized) < WordBreaker.CountCharacters(normalized);
    }

    /// <summary>
    /// The smallest p for which the text equals itself p places later (Knuth, Morris and Pratt 1977: length minus longest border).
    /// </summary>
    internal static int Period(ReadOnlySpan<byte> text)
    {
        int[] border = new int[text.Length];
        for (int i = 1, length = 0; i < text.Length; i++)
        {
            while (length > 0 && text[i] != text[length])
                length = border[length - 1];
            if (text[i] == text[length])
                length++;
            border[i] = length;
        }

        return text.Length - border[^1];
    }

    private static long CompressedBits(ReadOnlySpan<byte> text)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(text);
        return compressed.Length * 8;
    }
}
