using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Recite.Indexing.Text;

namespace Recite.Indexing.Duplicates;

/// <summary>
/// The distinct word 5-grams of a normalized text, as 64-bit hashes (XXH3); a text of fewer words has one gram of all its words, one
/// without words has none. Two grams of one hash count as one; among a thousand million of them there is such a pair with a chance of 3 %.
/// </summary>
internal static class WordGrams
{
    public const int Words = 5;

    public static ulong[] Of(TextNormalizer normalizer, byte[] text)
    {
        var normalized = new ArrayBufferWriter<byte>(text.Length + 1);
        normalizer.Normalize(text, normalized);
        var words = new List<ulong>();
        foreach (TextSpan word in WordBreaker.EnumerateWords(normalized.WrittenSpan))
            words.Add(XxHash3.HashToUInt64(normalized.WrittenSpan[word.Start..word.End]));
        return Of(CollectionsMarshal.AsSpan(words));
    }

    private static ulong[] Of(ReadOnlySpan<ulong> words)
    {
        if (words.IsEmpty)
            return [];
        int length = Math.Min(Words, words.Length);
        var grams = new ulong[words.Length - length + 1];
        for (int i = 0; i < grams.Length; i++)
            grams[i] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(words.Slice(i, length)));
        Array.Sort(grams);
        int distinct = 1;
        for (int i = 1; i < grams.Length; i++)
        {
            if (grams[i] != grams[i - 1])
                grams[distinct++] = grams[i];
        }

        return grams[..distinct];
    }
}
