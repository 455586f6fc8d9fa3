namespace Recite.Indexing.Postings;

/// <summary>
/// Orders places of a text by the bytes from them on, or by the bytes before them read backwards: multikey sorting with eight
/// bytes for a key (Bentley and Sedgewick 1997). Deeper than it is asked to look it compares nothing, so the time is bounded however
/// often the text repeats itself. Equal contexts stay in the order of the items.
/// </summary>
internal sealed class ContextSort(NormalizedBytes text)
{
    private ulong[] _keys = [];

    /// <summary>
    /// Orders <paramref name="items"/>, numbers of <paramref name="positions"/>, by <paramref name="depth"/> bytes of context.
    /// </summary>
    public void Sort(Span<uint> items, ReadOnlySpan<long> positions, bool isForward, int depth)
    {
        if (_keys.Length < items.Length)
            _keys = new ulong[Math.Max(items.Length, _keys.Length * 2)];
        Sort(items, _keys.AsSpan(0, items.Length), positions, isForward, 0, depth);
    }

    private void Sort(Span<uint> items, Span<ulong> keys, ReadOnlySpan<long> positions, bool isForward, int from, int depth)
    {
        // What all have in common, which is at least the k-gram itself, needs no sorting.
        while (from < depth && Load(items, keys, positions, isForward, from, depth))
            from += sizeof(ulong);
        if (from >= depth)
        {
            items.Sort();
            return;
        }

        keys.Sort(items);
        for (int start = 0; start < items.Length;)
        {
            int end = start + 1;
            while (end < items.Length && keys[end] == keys[start])
                end++;
            if (end - start > 1)
                Sort(items[start..end], keys[start..end], positions, isForward, from + sizeof(ulong), depth);
            start = end;
        }
    }

    /// <summary>Fills the keys from the bytes at a distance of the positions; true when all are equal.</summary>
    private bool Load(ReadOnlySpan<uint> items, Span<ulong> keys, ReadOnlySpan<long> positions, bool isForward, int from, int depth)
    {
        int surplus = Math.Max(0, from + sizeof(ulong) - depth);
        ulong mask = ulong.MaxValue << (surplus * 8);
        ulong different = 0;
        for (int i = 0; i < items.Length; i++)
        {
            long position = positions[(int)items[i]];
            ulong key = (isForward ? text.After(position + from) : text.Before(position - from)) & mask;
            keys[i] = key;
            different |= key ^ keys[0];
        }

        return different == 0;
    }
}
