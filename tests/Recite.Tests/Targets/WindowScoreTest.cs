using CsCheck;
using Recite.Targets;

namespace Recite.Tests.Targets;

public sealed class WindowScoreTest
{
    private static readonly Gen<double> s_logProbability = Gen.Frequency((6, Gen.Double[-12, 0]), (1, Gen.Const(0.0)), (1, Gen.Const(double.NegativeInfinity)));
    private static readonly Gen<int> s_rank = Gen.Frequency((12, Gen.Const(0)), (2, Gen.Int[1, 50]), (1, Gen.Const(-1)));
    private static readonly Gen<double> s_margin = Gen.Frequency((20, Gen.Double[0, 9]), (1, Gen.Const(double.NaN)));

    [Fact]
    public void Every_split_and_suffix_length_is_what_adding_up_gives() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 1000]).SelectMany((length, _) => Gen.Select(
            s_logProbability.Array[length], s_logProbability.Array[length], s_rank.Array[length], s_margin.Array[length]))
        .Sample((plain, filtered, ranks, margins) =>
        {
            var window = new WindowScore(new SuffixScore(plain, ranks, margins) { Schemes = [new SchemeScore(filtered, IsExact: true)] });
            Assert.Equal(plain.Length, window.Length);
            for (int split = 0; split <= plain.Length; split++)
            {
                for (int length = 0; split + length <= plain.Length; length++)
                {
                    AssertSum(plain.AsSpan(split, length), window.LogProbability(split, length));
                    AssertSum(filtered.AsSpan(split, length), window.LogProbability(0, split, length));
                    int[] part = ranks[split..(split + length)];
                    bool? greedy = part.Any(rank => rank > 0) ? false : part.Contains(-1) ? null : true;
                    Assert.Equal(greedy, window.IsGreedy(split, length));
                    if (length == 0) continue;
                    double[] range = margins[split..(split + length)];
                    Assert.Equal(range.Any(double.IsNaN) ? double.NaN : range.Min(), window.SmallestMargin(split, length));
                }
            }
        });

    [Fact]
    public void What_does_not_lie_in_the_window_is_refused()
    {
        var window = new WindowScore(new SuffixScore([-1, -2], [0, 1], [0.5, 0.25]));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.LogProbability(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.LogProbability(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.LogProbability(0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.SmallestMargin(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.IsGreedy(0, int.MaxValue));
        Assert.Throws<ArgumentException>(() => new WindowScore(new SuffixScore([], [], []) { Error = "no" }));
        Assert.Throws<ArgumentException>(() => new WindowScore(new SuffixScore([-1], [], [0.5])));
    }

    private static void AssertSum(ReadOnlySpan<double> values, double actual)
    {
        double expected = 0;
        foreach (double value in values) expected += value;
        if (double.IsNegativeInfinity(expected)) Assert.Equal(expected, actual);
        else Assert.Equal(expected, actual, 1e-9);
    }
}
