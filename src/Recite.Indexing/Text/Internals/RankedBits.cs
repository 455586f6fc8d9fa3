using System.Numerics;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// A set of positions below a length that answers how many lie before a position (rank, constant time) and where the n-th is
/// (select, logarithmic time), in 1.06 bits per position.
/// </summary>
internal sealed class RankedBits
{
    private const int WordsPerBlock = 8;
    private readonly ulong[] _words;
    private readonly int[] _before;

    public RankedBits(ulong[] words, int length)
    {
        _words = words;
        Length = length;
        int used = (int)(((long)length + 63) >> 6);
        _before = new int[(used / WordsPerBlock) + 1];
        for (int word = 0; word < used; word++)
        {
            if (word % WordsPerBlock == 0)
                _before[word / WordsPerBlock] = Count;
            Count += BitOperations.PopCount(words[word]);
        }

        if (used % WordsPerBlock == 0)
            _before[^1] = Count;
    }

    /// <summary>Positions lie below it.</summary>
    public int Length { get; }

    /// <summary>How many positions are in the set.</summary>
    public int Count { get; }

    /// <summary>Whether the position is in the set; the length itself never is.</summary>
    public bool Contains(int position) => position < Length && (_words[position >> 6] >> position & 1) != 0;

    /// <summary>How many positions of the set lie before <paramref name="position"/>, which is at most the length.</summary>
    public int Rank(int position)
    {
        int word = position >> 6;
        int rank = _before[word / WordsPerBlock];
        for (int i = word / WordsPerBlock * WordsPerBlock; i < word; i++)
            rank += BitOperations.PopCount(_words[i]);
        int rest = position & 63;
        return rest == 0 ? rank : rank + BitOperations.PopCount(_words[word] << (64 - rest));
    }

    /// <summary>The position before which exactly <paramref name="rank"/> others lie; the length if there is none.</summary>
    public int Select(int rank)
    {
        if (rank >= Count)
            return Length;

        // The last block before which at most `rank` positions lie; empty blocks repeat the number of the one before.
        int block = 0;
        for (int end = _before.Length; end - block > 1;)
        {
            int middle = (int)(((uint)block + (uint)end) >> 1);
            if (_before[middle] <= rank)
                block = middle;
            else
                end = middle;
        }

        int left = rank - _before[block];
        int word = block * WordsPerBlock;
        for (int count; (count = BitOperations.PopCount(_words[word])) <= left; word++)
            left -= count;

        ulong bits = _words[word];
        for (; left > 0; left--)
            bits &= bits - 1;
        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>The first position of the set at or behind <paramref name="position"/>; the length if there is none.</summary>
    public int Next(int position) => Contains(position) ? position : Select(Rank(position));

    /// <summary>The last position of the set at or before <paramref name="position"/>; -1 if there is none.</summary>
    public int Previous(int position)
    {
        if (Contains(position))
            return position;

        int rank = Rank(position);
        return rank == 0 ? -1 : Select(rank - 1);
    }
}
