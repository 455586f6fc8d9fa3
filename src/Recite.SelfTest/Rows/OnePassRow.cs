using System.Globalization;
using Recite.Models.Onnx;
using Recite.SelfTest.Windows;
using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>
/// T6: one pass over a window says for every split whether greedy decoding from there gives the next tokens; greedy decoding is then
/// really done. Where both differ and two logits stood closer than 1e-3 it is a tie (M3), listed and not counted.
/// </summary>
/// <param name="score">The estimator; the target's own scores if <see langword="null"/>.</param>
/// <param name="splits">How many splits are decoded.</param>
/// <param name="leastOfEach">How many of them must reproduce the suffix, and how many must not: one kind alone would show nothing.</param>
public sealed class OnePassRow(SuffixScorer? score = null, int splits = 10_000, int leastOfEach = 1000) : ISelfTestRow
{
    private const int WindowTokens = 56;
    private const int ShortestPrefix = 6;
    private const int SuffixTokens = 10;
    private const int Stride = 2;
    private const double Tie = 1e-3;

    // The planted canaries, and about half as many windows that were never planted.
    private const int WindowPool = 480;

    private readonly SuffixScorer _score = score ?? TargetScorer.ScoreAsync;

    /// <inheritdoc/>
    public string Id => "T6";

    /// <inheritdoc/>
    public string Bar => $"rank 0 throughout a suffix in one pass = greedy decoding: 0 mismatches in {splits} splits, at least {leastOfEach} reproducing and {leastOfEach} failing";

    /// <inheritdoc/>
    public async Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<Split> all = await ScoreAsync(context, cancellationToken);
        if (all.Count < splits) return new RowMeasure($"the ground truth has only {all.Count} of {splits} splits", Holds: false);

        await using var generator = new OnnxTarget(context.ModelDirectory, new OnnxOptions { BatchSize = 128 });
        await generator.ConnectAsync(cancellationToken);
        CompletionRequest[] requests = [.. all.Select((split, i) => new CompletionRequest
        {
            Index = i,
            AttemptId = "",
            Prompt = "",
            PromptTokens = split.Window[..split.Prefix],
            MaxTokens = SuffixTokens,
        })];
        int reproducing = 0, mismatches = 0;
        var ties = new List<double>();
        await foreach (Completion completion in generator.CompleteAsync(requests, cancellationToken))
        {
            Split split = all[completion.RequestIndex];
            bool comesBack = completion.Tokens is { } tokens && tokens.SequenceEqual(split.Window.Skip(split.Prefix).Take(SuffixTokens));
            if (comesBack) reproducing++;
            if (comesBack == split.IsGreedy) continue;
            if (split.Margin < Tie) ties.Add(split.Margin);
            else mismatches++;
        }

        string listed = ties.Count == 0 ? "no ties" : string.Create(CultureInfo.InvariantCulture, $"{ties.Count} ties with margins up to {ties.Max():E1}");
        return new RowMeasure(
            $"{mismatches} mismatches in {all.Count} splits ({reproducing} reproducing, {all.Count - reproducing} failing, {listed})",
            mismatches == 0 && reproducing >= leastOfEach && all.Count - reproducing >= leastOfEach);
    }

    // Windows from what was planted often down to what was never planted: some come back whole, some not at all, and those between go
    // wrong in the middle, where an estimator can be wrong too.
    private async Task<IReadOnlyList<Split>> ScoreAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        int perWindow = (WindowTokens - SuffixTokens - ShortestPrefix) / Stride + 1;
        int wanted = (splits + perWindow - 1) / perWindow;
        List<int[]> pool = [.. TruthWindows.Cut(context, WindowTokens).Take(Math.Max(wanted, WindowPool))];
        int[][] windows = [.. Enumerable.Range(0, Math.Min(wanted, pool.Count)).Select(i => pool[(int)((long)i * pool.Count / wanted)])];
        ScoreRequest[] requests = [.. windows.Select((window, i) => new ScoreRequest(window[..ShortestPrefix], window[ShortestPrefix..]) { Index = i })];
        IReadOnlyList<SuffixScore> scores = await _score(context.Target, requests, cancellationToken);
        var found = new List<Split>();
        for (int i = 0; i < windows.Length; i++)
        {
            if (scores[i].Error is not null) continue;
            var window = new WindowScore(scores[i]);
            for (int at = 0; at + SuffixTokens <= window.Length && found.Count < splits; at += Stride)
                found.Add(new Split(windows[i], ShortestPrefix + at, window.IsGreedy(at, SuffixTokens) ?? false, window.SmallestMargin(at, SuffixTokens)));
        }

        // Prefixes of one length share a batch without padding.
        return [.. found.OrderBy(split => split.Prefix)];
    }

    private sealed record Split(int[] Window, int Prefix, bool IsGreedy, double Margin);
}
