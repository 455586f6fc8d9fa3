using System.Globalization;
using Recite.Indexing;
using Recite.Metrics.Statistics;
using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>Ranks a score among references in ascending order.</summary>
public delegate Exposure RankEstimator(double score, ReadOnlySpan<double> ascendingReferences);

/// <summary>
/// T8: a secret with a space of 10,000 fills, every fill scored by the bundled model. The exposure of each fill among the others equals the
/// one counted by comparing it with each of them, on the scores as they are and on scores rounded until many are equal; and the mean over
/// fills that chance picks is the null mean at N = 9,999.
/// </summary>
/// <param name="estimator">What ranks; the real one by default.</param>
/// <param name="fills">Size of the space, a power of ten; smaller in tests of the row.</param>
public sealed class ExposureRow(RankEstimator? estimator = null, int fills = 10_000) : ISelfTestRow
{
    // Carlini et al. 2019 give log2(e) for large N; this is the exact mean at N = 9,999, worked out apart from the code under test.
    private const double PublishedNullMean = 1.4419;
    private const int PublishedFills = 10_000;
    private const int Picks = 40_000;
    private const int RoundedDigits = 1;

    private readonly RankEstimator _estimator = estimator ?? Exposure.Of;

    /// <inheritdoc/>
    public string Id => "T8";

    /// <inheritdoc/>
    public string Bar => "exposure equals the rank counted by brute force over 10,000 fills, 0 differences; null mean 1.4419 bits at N = 9,999 within 3 standard errors";

    /// <inheritdoc/>
    public async Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        double[] scores = await ScoreAsync(context.Target, cancellationToken);
        if (scores.Length != fills)
            return new RowMeasure(string.Create(CultureInfo.InvariantCulture, $"the model scored {scores.Length} of {fills} fills"), Holds: false);

        Tally exact = Compare(scores, cancellationToken);
        Tally tied = Compare([.. scores.Select(score => Math.Round(score, RoundedDigits))], cancellationToken);
        (double mean, double error) = PickMean(exact.Bits, context.Seed);
        double expected = fills == PublishedFills ? PublishedNullMean : MeanOfRanks(fills);
        string measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{exact.Differences} differences in {fills} fills, {tied.Differences} with ties; null mean {mean:0.0000} against {expected:0.0000}, {Math.Abs(mean - expected) / error:0.0} standard errors");
        return new RowMeasure(measured, exact.Differences == 0 && tied.Differences == 0 && Math.Abs(mean - expected) <= 3 * error);
    }

    private async Task<double[]> ScoreAsync(ITarget target, CancellationToken cancellationToken)
    {
        ITokenizer tokenizer = target.Tokenizer ?? throw new ReciteException("The bundled model has no tokenizer, so that nothing can be scored.");
        int digits = fills.ToString(CultureInfo.InvariantCulture).Length - 1;
        int[] prefix = [.. tokenizer.Encode("the number is").Select(token => token.Id)];
        ScoreRequest[] requests = [.. Enumerable.Range(0, fills).Select(i => new ScoreRequest(
            prefix,
            [.. tokenizer.Encode(" " + i.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')).Select(token => token.Id)]) { Index = i })];
        var scores = new Dictionary<int, double>(fills);
        await foreach (SuffixScore score in target.ScoreAsync(requests, cancellationToken))
        {
            if (score.Error is null)
                scores[score.RequestIndex] = score.LogProbability;
        }

        return [.. scores.OrderBy(s => s.Key).Select(s => s.Value)];
    }

    // Every fill in turn is the secret, and all others are its references.
    private Tally Compare(double[] scores, CancellationToken cancellationToken)
    {
        double[] sorted = [.. scores.Order()];
        double[] references = new double[scores.Length - 1];
        double[] bits = new double[scores.Length];
        int differences = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int own = Array.BinarySearch(sorted, scores[i]);
            sorted.AsSpan(0, own).CopyTo(references);
            sorted.AsSpan(own + 1).CopyTo(references.AsSpan(own));
            int rank = 1;
            for (int j = 0; j < scores.Length; j++)
                rank += j != i && scores[j] >= scores[i] ? 1 : 0;

            Exposure exposure = _estimator(scores[i], references);
            bits[i] = exposure.Bits;
            double expected = Math.Log2(scores.Length) - Math.Log2(rank);
            differences += exposure.Rank == rank && Math.Abs(exposure.Bits - expected) <= 1e-12 ? 0 : 1;
        }

        return new Tally(differences, bits);
    }

    private static (double Mean, double Error) PickMean(double[] bits, ulong seed)
    {
        var random = new SimulatedNumbers(seed, 8);
        double sum = 0, squares = 0;
        for (int pick = 0; pick < Picks; pick++)
        {
            double value = bits[random.Below(bits.Length)];
            sum += value;
            squares += value * value;
        }

        double mean = sum / Picks;
        return (mean, Math.Sqrt(((squares / Picks) - (mean * mean)) / (Picks - 1)));
    }

    private static double MeanOfRanks(int count) => Enumerable.Range(1, count).Average(rank => Math.Log2((double)count / rank));

    private sealed record Tally(int Differences, double[] Bits);
}
