using CsCheck;
using Recite.Probes;

namespace Recite.Tests.Probes;

public sealed class DuplicateStrataTest
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(2, "2-3")]
    [InlineData(3, "2-3")]
    [InlineData(4, "4-7")]
    [InlineData(64, "64-127")]
    [InlineData(127, "64-127")]
    [InlineData(128, "128-255")]
    public void Labels_double_in_width(long duplicates, string label) => Assert.Equal(label, DuplicateStrata.Label(duplicates));

    [Fact]
    public void A_label_begins_with_the_lower_end_of_its_stratum() =>
        Gen.Long[1, long.MaxValue / 4].Sample(duplicates =>
        {
            long low = DuplicateStrata.LowerEnd(DuplicateStrata.Label(duplicates));
            Assert.True(low <= duplicates && duplicates < 2 * low);
        });

    [Theory]
    [InlineData(new[] { 100, 100, 100 }, 30, new[] { 10, 10, 10 })]
    [InlineData(new[] { 100, 4, 100 }, 30, new[] { 13, 4, 13 })]
    [InlineData(new[] { 100, 200, 300 }, 11, new[] { 3, 4, 4 })]
    [InlineData(new[] { 2, 3 }, 100, new[] { 2, 3 })]
    [InlineData(new int[0], 5, new int[0])]
    public void Shares_samples_evenly_and_passes_on_what_a_small_stratum_cannot_give(int[] sizes, int samples, int[] expected) =>
        Assert.Equal(expected, DuplicateStrata.Allocate(sizes, samples));

    [Fact]
    public void Never_gives_more_than_there_is_nor_less_than_it_could() =>
        Gen.Select(Gen.Int[0, 50].Array[0, 8], Gen.Int[0, 200]).Sample((sizes, samples) =>
        {
            int[] shares = DuplicateStrata.Allocate(sizes, samples);
            Assert.Equal(Math.Min(samples, sizes.Sum()), shares.Sum());
            Assert.All(shares.Zip(sizes), pair => Assert.InRange(pair.First, 0, pair.Second));

            // Even: a stratum that gave less than another one by more than one has nothing left.
            for (int i = 0; i < sizes.Length; i++)
                Assert.True(shares[i] == sizes[i] || shares.All(other => other <= shares[i] + 1));
        });
}
