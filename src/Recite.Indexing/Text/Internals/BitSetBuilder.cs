using System.Numerics;

namespace Recite.Indexing.Text.Internals;

/// <summary>A set of positions that grows at its end while a text is read.</summary>
internal sealed class BitSetBuilder(int expectedLength)
{
    private ulong[] _words = new ulong[(expectedLength >> 6) + 1];

    public void Set(int position)
    {
        Reserve(position);
        _words[position >> 6] |= 1UL << position;
    }

    /// <summary>Takes the positions from <paramref name="start"/> up to <paramref name="end"/> out again.</summary>
    public void ClearRange(int start, int end)
    {
        end = (int)Math.Min(end, (long)_words.Length << 6);
        if (start >= end)
            return;

        int first = start >> 6, last = (end - 1) >> 6;
        ulong head = ulong.MaxValue << start, tail = ulong.MaxValue >> -end;
        if (first == last)
        {
            _words[first] &= ~(head & tail);
            return;
        }

        _words[first] &= ~head;
        _words.AsSpan(first + 1, last - first - 1).Clear();
        _words[last] &= ~tail;
    }

    /// <summary>Adds the positions from <paramref name="start"/> up to <paramref name="end"/>, which is not one of them.</summary>
    public void SetRange(int start, int end)
    {
        if (start >= end)
            return;

        Reserve(end - 1);
        int first = start >> 6, last = (end - 1) >> 6;
        ulong head = ulong.MaxValue << start, tail = ulong.MaxValue >> -end;
        if (first == last)
        {
            _words[first] |= head & tail;
            return;
        }

        _words[first] |= head;
        _words.AsSpan(first + 1, last - first - 1).Fill(ulong.MaxValue);
        _words[last] |= tail;
    }

    /// <summary>Adds <c>start + i</c> for every bit <c>i</c> of <paramref name="bits"/>.</summary>
    public void SetBits(int start, ulong bits)
    {
        if (bits == 0)
            return;

        Reserve(start + 63 - BitOperations.LeadingZeroCount(bits));
        _words[start >> 6] |= bits << start;
        ulong high = (start & 63) == 0 ? 0 : bits >> -start;
        if (high != 0)
            _words[(start >> 6) + 1] |= high;
    }

    /// <summary>Ends the set; the builder must not be used after it.</summary>
    public RankedBits Build(int length)
    {
        if (length > 0)
            Reserve(length - 1);
        return new RankedBits(_words, length);
    }

    private void Reserve(int position)
    {
        if (position >> 6 >= _words.Length)
            Array.Resize(ref _words, Math.Max((position >> 6) + 1, _words.Length + (_words.Length >> 1)));
    }
}
