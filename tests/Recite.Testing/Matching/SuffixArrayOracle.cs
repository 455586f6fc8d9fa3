namespace Recite.Testing.Matching;

/// <summary>
/// The definition of a match by way of a suffix array: no sampling, no hash, nothing shared with the product. Documents are joined with
/// a byte that no query holds.
/// </summary>
/// <param name="text">All normalized documents, <see cref="Gap"/> behind each.</param>
/// <param name="order">Its suffix array.</param>
public sealed class SuffixArrayOracle(byte[] text, int[] order)
{
    public const byte Gap = 0xFF;

    /// <summary>Joins normalized documents.</summary>
    public static byte[] Join(IReadOnlyList<byte[]> documents)
    {
        var joined = new byte[documents.Sum(document => (long)document.Length + 1)];
        int at = 0;
        foreach (byte[] document in documents)
        {
            document.CopyTo(joined, at);
            at += document.Length;
            joined[at++] = Gap;
        }

        return joined;
    }

    /// <summary>Every span of a query that equals a stretch of the text and can be made longer on neither side there.</summary>
    public HashSet<(int Start, int End)> MaximalSpans(ReadOnlySpan<byte> query, int guarantee)
    {
        HashSet<(int, int)> spans = [];
        for (int start = 0; start + guarantee <= query.Length; start++)
        {
            (int first, int end) = Range(query.Slice(start, guarantee));
            for (int i = first; i < end; i++)
            {
                int place = order[i];
                if (start == 0 || place == 0 || query[start - 1] != text[place - 1])
                    spans.Add((start, start + query[start..].CommonPrefixLength(text.AsSpan(place))));
            }
        }

        return spans;
    }

    /// <summary>Every place of a piece of text, in the order of the text.</summary>
    public int[] Places(ReadOnlySpan<byte> piece)
    {
        (int first, int end) = Range(piece);
        int[] places = order[first..end];
        Array.Sort(places);
        return places;
    }

    private (int First, int End) Range(ReadOnlySpan<byte> piece)
    {
        int first = Bound(piece, 0, beyond: false);
        return (first, Bound(piece, first, beyond: true));
    }

    // First suffix that is not below the piece, or, beyond it, that does not begin with it either.
    private int Bound(ReadOnlySpan<byte> piece, int low, bool beyond)
    {
        int high = order.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            ReadOnlySpan<byte> suffix = text.AsSpan(order[middle]);
            int compared = suffix[..Math.Min(piece.Length, suffix.Length)].SequenceCompareTo(piece);
            if (compared < 0 || (beyond && compared == 0))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
