using System.Globalization;
using Recite.Metrics.Statistics;
using Recite.Models.Onnx;
using Recite.SelfTest.Windows;
using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>
/// T5: the probability p_z that one pass gives a suffix, against how often the real generator brings that suffix when it is drawn from
/// the same prefix under the same scheme. The drawing knows nothing of the scores.
/// </summary>
/// <param name="score">The estimator; the target's own scores if <see langword="null"/>.</param>
/// <param name="textsPerBin">Texts in each of the five ranges of probabilities; a multiple of the four schemes.</param>
/// <param name="samples">Times that each text is drawn.</param>
public sealed class SampledProbabilityRow(SuffixScorer? score = null, int textsPerBin = 40, int samples = 1000) : ISelfTestRow
{
    private const int BatchSize = 250;

    // Of n intervals that each cover with 95 %, fewer than this share with a chance below 1 in 10,000.
    private const double LeastCovered = .91;
    private const double LargestZ = 3.3;

    private readonly SuffixScorer _score = score ?? TargetScorer.ScoreAsync;

    /// <inheritdoc/>
    public string Id => "T5";

    /// <inheritdoc/>
    public string Bar => $"{Texts} texts, {samples} samples each: exact 95 % interval contains p_z in at least {Least}; pooled |z| at most 3.3";

    private int Texts => textsPerBin * SampledTextChoice.BinCount;

    private int Least => (int)Math.Ceiling(LeastCovered * Texts);

    /// <inheritdoc/>
    public async Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<SampledText> texts = await ChooseAsync(context, cancellationToken);
        if (texts.Count < Texts) return new RowMeasure($"only {texts.Count} of {Texts} texts have a probability in the wanted ranges", Holds: false);

        await using var generator = new OnnxTarget(context.ModelDirectory, new OnnxOptions { BatchSize = BatchSize });
        await generator.ConnectAsync(cancellationToken);
        int covered = 0;
        double excess = 0, variance = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            int hits = await DrawAsync(generator, texts[i], context.Seed + (ulong)i * (ulong)samples, cancellationToken);
            Interval interval = ClopperPearson.TwoSided(hits, samples, .95);
            double probability = texts[i].Probability;
            if (probability >= interval.Low && probability <= interval.High) covered++;
            excess += hits - samples * probability;
            variance += samples * probability * (1 - probability);
        }

        double z = excess / Math.Sqrt(variance);
        return new RowMeasure(
            string.Create(CultureInfo.InvariantCulture, $"{covered} of {texts.Count} contain it; pooled z {z:F2}"),
            covered >= Least && Math.Abs(z) <= LargestZ);
    }

    private async Task<IReadOnlyList<SampledText>> ChooseAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        const int Block = 500;
        const int Stride = 9;
        var choice = new SampledTextChoice(textsPerBin);
        int number = 0;
        foreach (int[][] windows in TruthWindows.Cut(context, SampledTextChoice.PrefixTokens + SampledTextChoice.LongestSuffix, Stride).Chunk(Block))
        {
            ScoreRequest[] requests = [.. windows.Select((window, i) =>
                new ScoreRequest(window[..SampledTextChoice.PrefixTokens], window[SampledTextChoice.PrefixTokens..]) { Index = i, Schemes = SampledTextChoice.Schemes })];
            IReadOnlyList<SuffixScore> scores = await _score(context.Target, requests, cancellationToken);
            for (int i = 0; i < windows.Length; i++)
            {
                if (scores[i].Error is null) choice.Offer(windows[i], new WindowScore(scores[i]), number++);
            }

            if (choice.IsFull) break;
        }

        return choice.Texts;
    }

    private async Task<int> DrawAsync(OnnxTarget generator, SampledText text, ulong seed, CancellationToken cancellationToken)
    {
        CompletionRequest[] requests = [.. Enumerable.Range(0, samples).Select(i => new CompletionRequest
        {
            Index = i,
            AttemptId = "",
            Prompt = "",
            PromptTokens = text.Prefix,
            MaxTokens = text.Suffix.Length,
            Sampling = text.Scheme,
            Seed = seed + (ulong)i,
        })];
        int hits = 0;
        await foreach (Completion completion in generator.CompleteAsync(requests, cancellationToken))
            hits += completion.Tokens is { } tokens && tokens.SequenceEqual(text.Suffix) ? 1 : 0;
        return hits;
    }
}
