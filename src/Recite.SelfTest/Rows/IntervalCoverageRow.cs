using System.Globalization;
using Recite.Metrics.Statistics;

namespace Recite.SelfTest.Rows;

/// <summary>
/// T14: intervals hold the true rate as often as they say. For independent trials the probabilities of all counts are summed, nothing is
/// sampled; for clustered ones trials are simulated from beta-binomial clusters of 1 to 19 trials.
/// </summary>
/// <param name="independent">Hits, trials, confidence; the exact interval where it is <see langword="null"/>.</param>
/// <param name="clustered">Clusters, confidence; the Korn-Graubard interval where it is <see langword="null"/>.</param>
/// <param name="rounds">Simulated sets for each cell.</param>
/// <param name="mostTrials">Largest number of trials on the grid.</param>
public sealed class IntervalCoverageRow(
    Func<int, int, double, Interval>? independent = null,
    Func<IReadOnlyList<ClusterCount>, double, Interval>? clustered = null,
    int rounds = 2000,
    int mostTrials = 1000) : ISelfTestRow
{
    private const double Confidence = 0.95;
    private const double LeastClustered = 0.92;
    private const int RatesOnGrid = 1000;

    private static readonly int[] s_trials = [.. Enumerable.Range(1, 60), 75, 100, 150, 200, 300, 500, 1000];
    private static readonly int[] s_clusters = [20, 100, 300];
    private static readonly double[] s_rates = [0.01, 0.05, 0.2];
    private static readonly double[] s_correlations = [0.05, 0.3];

    private readonly Func<int, int, double, Interval> _independent = independent ?? ClopperPearson.TwoSided;
    private readonly Func<IReadOnlyList<ClusterCount>, double, Interval> _clustered = clustered ?? KornGraubard.TwoSided;

    /// <inheritdoc/>
    public string Id => "T14";

    /// <inheritdoc/>
    public string Bar => "95 % intervals: summed coverage >= 95 % for every rate and number of trials; clustered >= 92 % in every cell";

    /// <inheritdoc/>
    public Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        (double least, int trials, double rate) = LeastCoverage(cancellationToken);
        double leastClustered = 1;
        string where = "";
        int stream = 0;
        foreach (int clusters in s_clusters)
        {
            foreach (double p in s_rates)
            {
                foreach (double correlation in s_correlations)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    double covered = Simulate(new SimulatedNumbers(context.Seed, stream++), clusters, p, correlation);
                    if (covered < leastClustered)
                        (leastClustered, where) = (covered, string.Create(CultureInfo.InvariantCulture, $"K {clusters}, p {p}, ICC {correlation}"));
                }
            }
        }

        string measured = string.Create(
            CultureInfo.InvariantCulture,
            $"least summed coverage {least * 100:0.00} % (n {trials}, p {rate:0.###}); least clustered {leastClustered * 100:0.0} % ({where})");

        // The sum of a thousand probabilities is exact to a dozen digits.
        return Task.FromResult(new RowMeasure(measured, least >= Confidence - 1e-9 && leastClustered >= LeastClustered));
    }

    private (double Coverage, int Trials, double Rate) LeastCoverage(CancellationToken cancellationToken)
    {
        var least = (Coverage: 1.0, Trials: 0, Rate: 0.0);
        foreach (int trials in s_trials.Where(n => n <= mostTrials))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Interval[] intervals = [.. Enumerable.Range(0, trials + 1).Select(hits => _independent(hits, trials, Confidence))];
            double[] logChoose = new double[trials + 1];
            for (int hits = 1; hits <= trials; hits++)
                logChoose[hits] = logChoose[hits - 1] + Math.Log((double)(trials - hits + 1) / hits);
            for (int step = 1; step < RatesOnGrid; step++)
            {
                double rate = (double)step / RatesOnGrid, sum = 0;
                for (int hits = 0; hits <= trials; hits++)
                {
                    if (intervals[hits].Low <= rate && rate <= intervals[hits].High)
                        sum += Math.Exp(logChoose[hits] + (hits * Math.Log(rate)) + ((trials - hits) * SmallLogarithms.LogOnePlus(-rate)));
                }

                if (sum < least.Coverage)
                    least = (sum, trials, rate);
            }
        }

        return least;
    }

    private double Simulate(SimulatedNumbers random, int clusters, double rate, double correlation)
    {
        int covered = 0;
        for (int round = 0; round < rounds; round++)
        {
            var counts = new ClusterCount[clusters];
            for (int i = 0; i < clusters; i++)
            {
                int trials = 1 + random.Below(19), hits = 0;
                double chance = random.Chance(rate, correlation);
                for (int trial = 0; trial < trials; trial++)
                    hits += random.Uniform() < chance ? 1 : 0;
                counts[i] = new ClusterCount(hits, trials);
            }

            Interval interval = _clustered(counts, Confidence);
            covered += interval.Low <= rate && rate <= interval.High ? 1 : 0;
        }

        return (double)covered / rounds;
    }
}
