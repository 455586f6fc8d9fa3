using System.Globalization;
using Recite.Models.Onnx;
using Recite.SelfTest.Windows;
using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>
/// T7: the same tokens scored alone, in batches of several sizes and of mixed lengths (one pass, no cache), and while they were generated
/// (with a cache, padded on the other side) get the same log-probabilities and margins.
/// </summary>
/// <param name="score">The estimator; the target's own scores if <see langword="null"/>.</param>
/// <param name="windows">How many windows are scored and continued.</param>
public sealed class AgreementRow(SuffixScorer? score = null, int windows = 400) : ISelfTestRow
{
    private const int PrefixTokens = 12;
    private const int LongestSuffix = 30;
    private const double Bound = 1e-4;

    private static readonly int[] s_batchSizes = [1, 7, 64];

    private readonly SuffixScorer _score = score ?? TargetScorer.ScoreAsync;

    /// <inheritdoc/>
    public string Id => "T7";

    /// <inheritdoc/>
    public string Bar => "cached, uncached and batched agree within 1e-4 in logits and log-probabilities";

    /// <inheritdoc/>
    public async Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        int[][] texts = [.. TruthWindows.Cut(context, PrefixTokens + LongestSuffix).Take(windows)];
        var differences = new List<double>();
        IReadOnlyList<SuffixScore>? alone = null;
        int compared = 0;
        foreach (int batchSize in s_batchSizes)
        {
            await using var target = new OnnxTarget(context.ModelDirectory, new OnnxOptions { BatchSize = batchSize, LogProbabilities = true });
            await target.ConnectAsync(cancellationToken);
            IReadOnlyList<SuffixScore> batched = await _score(target, [.. texts.Select(CreateRequest)], cancellationToken);
            alone ??= batched;
            foreach ((SuffixScore one, SuffixScore many) in alone.Zip(batched))
            {
                compared += one.LogProbabilities.Count;
                differences.Add(Compare(one.LogProbabilities, many.LogProbabilities));
                differences.Add(Compare(one.Margins, many.Margins));
            }

            compared += await CompareGeneratedAsync(target, texts, differences, cancellationToken);
        }

        double largest = differences.Count == 0 ? double.NaN : differences.Max();
        return new RowMeasure(
            string.Create(CultureInfo.InvariantCulture, $"largest difference {largest:E1} over {compared} tokens"), largest <= Bound);
    }

    // Suffixes of many lengths, so that batches are padded.
    private static ScoreRequest CreateRequest(int[] text, int number) =>
        new(text[..PrefixTokens], text[PrefixTokens..(PrefixTokens + 1 + number * 7 % LongestSuffix)]) { Index = number };

    private async Task<int> CompareGeneratedAsync(OnnxTarget target, int[][] texts, List<double> differences, CancellationToken cancellationToken)
    {
        CompletionRequest[] requests = [.. texts.Select((text, i) => new CompletionRequest
        {
            Index = i,
            AttemptId = "",
            Prompt = "",
            PromptTokens = text[..(1 + i * 5 % PrefixTokens)],
            MaxTokens = 12,
            Sampling = new SamplingOptions { Temperature = i % 2 },
            Seed = (ulong)i,
        })];
        var generated = new List<Completion>();
        await foreach (Completion completion in target.CompleteAsync(requests, cancellationToken))
        {
            if (completion.Tokens is { Count: > 0 }) generated.Add(completion);
        }

        ScoreRequest[] passes = [.. generated.Select((completion, i) =>
            new ScoreRequest(requests[completion.RequestIndex].PromptTokens!, completion.Tokens!) { Index = i })];
        IReadOnlyList<SuffixScore> scores = await _score(target, passes, cancellationToken);
        for (int i = 0; i < generated.Count; i++) differences.Add(Compare(scores[i].LogProbabilities, generated[i].LogProbabilities ?? []));
        return generated.Sum(completion => completion.Tokens!.Count);
    }

    // Lists of different lengths differ without bound, and so does what is no number.
    private static double Compare(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        if (left.Count != right.Count) return double.PositiveInfinity;
        double largest = 0;
        for (int i = 0; i < left.Count; i++)
        {
            double difference = Math.Abs(left[i] - right[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }
}
