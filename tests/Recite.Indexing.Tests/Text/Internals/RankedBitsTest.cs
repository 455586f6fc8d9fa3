using CsCheck;
using Recite.Indexing.Text.Internals;

namespace Recite.Indexing.Tests.Text.Internals;

public sealed class RankedBitsTest
{
    // Long empty and long full stretches, so that whole blocks of 512 bits are empty or full.
    private static Gen<bool[]> Sets { get; } =
        Gen.Select(Gen.Bool, Gen.Frequency((3, Gen.Int[1, 5]), (1, Gen.Int[1, 1500]))).Array[0, 12]
            .Select(runs => runs.SelectMany(run => Enumerable.Repeat(run.Item1, run.Item2)).ToArray());

    [Fact]
    public void Rank_and_select_count_as_a_list_does() =>
        Sets.Sample(set => Check(set, Build(set, (builder, start, end) =>
        {
            for (int position = start; position < end; position++)
                builder.Set(position);
        })), iter: 300);

    [Fact]
    public void Runs_may_be_added_whole() =>
        Sets.Sample(set => Check(set, Build(set, (builder, start, end) => builder.SetRange(start, end))), iter: 300);

    [Fact]
    public void Runs_may_be_added_64_positions_at_a_time() =>
        Sets.Sample(set => Check(set, Build(set, (builder, start, end) =>
        {
            for (; start < end; start += 64)
                builder.SetBits(start, end - start >= 64 ? ulong.MaxValue : (1UL << (end - start)) - 1);
        })), iter: 300);

    private static RankedBits Build(bool[] set, Action<BitSetBuilder, int, int> add)
    {
        var builder = new BitSetBuilder(0);
        for (int start = 0; start < set.Length;)
        {
            int end = start;
            while (end < set.Length && set[end] == set[start])
                end++;
            if (set[start])
                add(builder, start, end);
            start = end;
        }

        return builder.Build(set.Length);
    }

    private static void Check(bool[] set, RankedBits bits)
    {
        int[] members = [.. Enumerable.Range(0, set.Length).Where(position => set[position])];
        Assert.Equal(members.Length, bits.Count);
        Assert.Equal(members, Enumerable.Range(0, bits.Count).Select(bits.Select));
        Assert.Equal(set.Length, bits.Select(bits.Count));
        int rank = 0;
        for (int position = 0; position <= set.Length; position++)
        {
            bool isMember = position < set.Length && set[position];
            Assert.Equal(isMember, bits.Contains(position));
            Assert.Equal(rank, bits.Rank(position));
            Assert.Equal(rank < members.Length ? members[rank] : set.Length, bits.Next(position));
            rank += isMember ? 1 : 0;
            Assert.Equal(rank > 0 ? members[rank - 1] : -1, bits.Previous(position));
        }
    }
}
