using System.Numerics;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>
/// Orders places of a text by the bytes from them on, or by the bytes before them read backwards: multikey sorting with up to eight
/// bytes for a key (Bentley and Sedgewick 1997). A key begins at the first bit in which the places differ and shares a word with the place's
/// number, so what is sorted are plain words, and equal contexts stay in the order in which they came. Deeper than it is asked to look it
/// compares nothing, so the time is bounded however often the text repeats itself.
/// </summary>
internal sealed class ContextSort(NormalizedBytes text)
{
    private const int BitsPerByte = 8;
    private const int WordBits = 64;
    private const int MostSpareItems = 1 << 16;

    private ulong[] _keys = [];
    private uint[] _moved = [];

    /// <summary>
    /// Orders <paramref name="items"/>, numbers of <paramref name="positions"/>, by <paramref name="depth"/> bytes of context; what is equal stays
    /// as it stands.
    /// </summary>
    public void Sort(Span<uint> items, ReadOnlySpan<long> positions, bool isForward, int depth)
    {
        if (_keys.Length < items.Length)
        {
            int room = items.Length + Math.Min(items.Length, MostSpareItems);
            (_keys, _moved) = (new ulong[room], new uint[room]);
        }

        Span<ulong> keys = _keys.AsSpan(0, items.Length);
        if (isForward)
            Sort(items, keys, positions, default(Forward), 0, depth);
        else
            Sort(items, keys, positions, default(Backward), 0, depth);
    }

    private void Sort<T>(Span<uint> items, Span<ulong> keys, ReadOnlySpan<long> positions, T direction, int from, int depth)
        where T : struct, IDirection
    {
        if (items.Length <= 2)
        {
            if (items.Length == 2)
                SortTwo(items, positions, direction, from, depth);
            return;
        }

        // What all have in common, which is at least the k-gram itself, needs no sorting.
        ulong different = 0;
        for (; from < depth && (different = Load(items, keys, positions, direction, from, depth)) == 0; from += sizeof(ulong))
        {
        }

        if (different == 0)
            return;
        int common = BitOperations.LeadingZeroCount(different);
        int numberBits = BitOperations.Log2((uint)items.Length - 1) + 1;
        Order(items, keys, common, numberBits);

        // Equal keys are equal in the whole bytes that a key has room for behind what all have in common, and in no more than a word.
        int next = from + (Math.Min(WordBits, common + WordBits - numberBits) / BitsPerByte);
        if (next >= depth)
            return;
        for (int start = 0; start < items.Length;)
        {
            int end = start + 1;
            while (end < items.Length && keys[end] >> numberBits == keys[start] >> numberBits)
                end++;
            Sort(items[start..end], keys[start..end], positions, direction, next, depth);
            start = end;
        }
    }

    private void Order(Span<uint> items, Span<ulong> keys, int common, int numberBits)
    {
        ulong numbers = (1ul << numberBits) - 1;
        for (int i = 0; i < keys.Length; i++)
            keys[i] = ((keys[i] << common) & ~numbers) | (uint)i;
        keys.Sort();
        Span<uint> moved = _moved.AsSpan(0, items.Length);
        for (int i = 0; i < keys.Length; i++)
            moved[i] = items[(int)(keys[i] & numbers)];
        moved.CopyTo(items);
    }

    private void SortTwo<T>(Span<uint> items, ReadOnlySpan<long> positions, T direction, int from, int depth)
        where T : struct, IDirection
    {
        for (; from < depth; from += sizeof(ulong))
        {
            ulong mask = Mask(from, depth);
            ulong first = direction.Word(text, positions[(int)items[0]], from) & mask;
            ulong second = direction.Word(text, positions[(int)items[1]], from) & mask;
            if (first == second)
                continue;
            if (first > second)
                (items[0], items[1]) = (items[1], items[0]);
            return;
        }
    }

    /// <summary>Fills the keys from the bytes at a distance of the positions; returns the bits in which they differ.</summary>
    private ulong Load<T>(ReadOnlySpan<uint> items, Span<ulong> keys, ReadOnlySpan<long> positions, T direction, int from, int depth)
        where T : struct, IDirection
    {
        ulong mask = Mask(from, depth);
        ulong first = direction.Word(text, positions[(int)items[0]], from) & mask;
        ulong different = 0;
        for (int start = 0; start < items.Length; start += MappedPages.MostPlacesAtOnce)
        {
            int end = Math.Min(items.Length, start + MappedPages.MostPlacesAtOnce);
            if (items.Length > MappedPages.MostPlacesAtOnce)
                text.Touch(end - start);
            for (int i = start; i < end; i++)
            {
                ulong key = direction.Word(text, positions[(int)items[i]], from) & mask;
                keys[i] = key;
                different |= key ^ first;
            }
        }

        return different;
    }

    // Of a word that reaches beyond the depth the bytes before it.
    private static ulong Mask(int from, int depth) => ulong.MaxValue << (Math.Max(0, from + sizeof(ulong) - depth) * BitsPerByte);

    private interface IDirection
    {
        ulong Word(NormalizedBytes text, long position, int distance);
    }

    private readonly struct Forward : IDirection
    {
        public ulong Word(NormalizedBytes text, long position, int distance) => text.After(position + distance);
    }

    private readonly struct Backward : IDirection
    {
        public ulong Word(NormalizedBytes text, long position, int distance) => text.Before(position - distance);
    }
}
