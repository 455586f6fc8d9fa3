namespace Recite.Indexing.Postings;

/// <summary>Stable least-significant-digit radix sort by the upper 32 bits of each record.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>Sorts by bits 32..63 and keeps the order of equal keys; <paramref name="scratch"/> is at least as long.</summary>
    public static void SortByUpperHalf(Span<ulong> records, Span<ulong> scratch)
    {
        Span<ulong> from = records;
        Span<ulong> to = scratch[..records.Length];
        var starts = new int[Digits];

        // Three digits of 11 bits cover the 32 key bits; the copy back is needed because three is odd.
        for (int shift = 32; shift < 64; shift += DigitBits)
        {
            Array.Clear(starts);
            foreach (ulong record in from)
                starts[(int)(record >> shift) & (Digits - 1)]++;

            int next = 0;
            for (int digit = 0; digit < Digits; digit++)
                (starts[digit], next) = (next, next + starts[digit]);

            foreach (ulong record in from)
                to[starts[(int)(record >> shift) & (Digits - 1)]++] = record;

            Span<ulong> swap = from;
            from = to;
            to = swap;
        }

        from.CopyTo(records);
    }
}
