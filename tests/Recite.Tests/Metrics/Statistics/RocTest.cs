using CsCheck;
using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

public sealed class RocTest
{
    [Fact]
    public void The_worked_example_holds() => Assert.Equal(0.875, Roc.Auc([3, 2], [1, 2]));

    [Fact]
    public void The_area_is_the_share_of_pairs_counted_one_by_one() =>
        Gen.Select(Scores(1), Scores(1)).Sample((positives, negatives) =>
            Assert.Equal(Pairs(positives, negatives), Roc.Auc(positives, negatives), 12));

    [Fact]
    public void Turning_the_classes_round_mirrors_area_and_interval() =>
        Gen.Select(Scores(1), Scores(1)).Sample((positives, negatives) =>
        {
            AucEstimate one = Roc.Estimate(positives, negatives, 0.95);
            AucEstimate other = Roc.Estimate(negatives, positives, 0.95);
            Assert.Equal(1 - one.Auc, other.Auc, 9);
            Assert.Equal(1 - one.Interval.Low, other.Interval.High, 9);
            Assert.Equal(one.FarthestFromChance, other.FarthestFromChance, 9);
        });

    [Fact]
    public void Perfectly_parted_scores_do_not_shrink_the_interval_to_a_point()
    {
        AucEstimate estimate = Roc.Estimate([4, 5, 6], [1, 2, 3], 0.95);
        Assert.Equal((1, 1), (estimate.Auc, estimate.Interval.High));
        Assert.InRange(estimate.Interval.Low, 0.2, 0.7);
    }

    [Fact]
    public void Scores_that_are_all_equal_are_a_coin()
    {
        AucEstimate estimate = Roc.Estimate([1, 1, 1, 1], [1, 1, 1, 1], 0.95);
        Assert.Equal(0.5, estimate.Auc);
        Assert.True(estimate.FarthestFromChance > 0.2);
    }

    // Two normal distributions d apart, the positives' s times as wide: the area is Phi(d / sqrt(1 + s^2)).
    [Theory]
    [InlineData(25, 0.5, 1)]
    [InlineData(25, 0.7, 1)]
    [InlineData(25, 0.95, 1)]
    [InlineData(25, 0.5, 4)]
    [InlineData(25, 0.8, 4)]
    [InlineData(100, 0.5, 1)]
    [InlineData(100, 0.9, 3)]
    public void The_interval_covers(int perClass, double auc, double width)
    {
        const int Runs = 2000;
        double shift = NormalTail.Quantile(1 - auc) * Math.Sqrt(1 + (width * width));
        SeededRandom random = SeededRandom.For(11, FormattableString.Invariant($"roc {perClass} {auc} {width}"));
        int covered = 0;
        for (int run = 0; run < Runs; run++)
        {
            double[] positives = [.. Enumerable.Range(0, perClass).Select(_ => shift + (width * Normal(random)))];
            double[] negatives = [.. Enumerable.Range(0, perClass).Select(_ => Normal(random))];
            Interval interval = Roc.Estimate(positives, negatives, 0.95).Interval;
            covered += interval.Low <= auc && auc <= interval.High ? 1 : 0;
        }

        Assert.True(covered >= 0.93 * Runs, FormattableString.Invariant($"covered {covered} of {Runs}"));
    }

    [Fact]
    public void A_class_without_scores_or_with_one_that_is_no_number_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Roc.Auc([], [1]));
        Assert.Throws<ArgumentException>(() => Roc.Auc([1], [double.NaN]));
    }

    // Few values, so that ties are common.
    private static Gen<double[]> Scores(int least) => Gen.Int[0, 6].Select(i => (double)i).Array[least, 12];

    private static double Pairs(double[] positives, double[] negatives) =>
        positives.Average(p => negatives.Average(n => p > n ? 1.0 : p == n ? 0.5 : 0));

    // Box and Muller (1958).
    private static double Normal(SeededRandom random)
    {
        double radius = Math.Sqrt(-2 * Math.Log((random.Below(1_000_000_000) + 0.5) / 1_000_000_000));
        return radius * Math.Cos(2 * Math.PI * random.Below(1_000_000_000) / 1_000_000_000);
    }
}
