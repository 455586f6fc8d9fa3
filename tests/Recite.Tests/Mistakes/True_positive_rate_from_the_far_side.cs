using Recite.Metrics.Statistics;

namespace Recite.Tests.Mistakes;

/// <summary>
/// A ROC curve is a staircase: "TPR at 1 % FPR" read from the first step at or beyond 1 % credits members that only a larger rate lets in.
/// </summary>
public sealed class True_positive_rate_from_the_far_side
{
    [Fact]
    public void Members_behind_the_step_are_not_credited()
    {
        // 149 non-members at 0 and one tie of two at 5: the curve jumps from 0 to 2/151 = 1.3 %, where all members between them come in.
        double[] others = [.. Enumerable.Repeat(0.0, 149), 5, 5];
        double[] members = [.. Enumerable.Repeat(3.0, 90), .. Enumerable.Repeat(6.0, 10)];
        TruePositiveRate read = TruePositiveRate.Read(members, others, 0.01, 0.95)!;
        Assert.Equal((10, 0), (read.Hits, read.FalsePositives));
        Assert.Equal(1, FarSide(members, others, 0.01));
    }

    // The mistake, as it is shipped: the first threshold at which the rate of false positives reaches the one asked for.
    private static double FarSide(double[] members, double[] others, double rate) =>
        others.Concat(members).Distinct().OrderDescending()
            .Where(t => others.Count(o => o >= t) >= rate * others.Length)
            .Select(t => (double)members.Count(m => m >= t) / members.Length)
            .Max();
}
