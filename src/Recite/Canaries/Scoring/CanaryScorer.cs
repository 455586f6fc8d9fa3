using System.Globalization;
using Recite.Indexing;
using Recite.Probes;
using Recite.Targets;

namespace Recite.Canaries.Scoring;

/// <summary>Asks the target for the score of every canary and decoy, in an order and way that do not depend on their roles.</summary>
public sealed class CanaryScorer
{
    // Scores become durable block by block: what is paid for and slow is written down more often.
    private const int LocalBlock = 256;
    private const int RemoteBlock = 16;

    private readonly ITarget _target;
    private readonly CanaryScoringOptions _options;
    private readonly GramCoverage _coverage = new();

    /// <summary>Decides what to score by; the target is connected.</summary>
    /// <exception cref="ReciteException">The target cannot score and was asked to.</exception>
    public CanaryScorer(ITarget target, CanaryScoringOptions options)
    {
        bool scores = target.Capabilities.Scoring;
        Measure = options.Measure ?? (scores ? CanaryMeasure.Loss : CanaryMeasure.Coverage);
        if (target.Capabilities.Endpoint is "replay")
            throw new ReciteException($"{target.Id} is a recording, which cannot be asked about canaries; name the model itself.");
        if (Measure != CanaryMeasure.Coverage && !scores)
            throw new ReciteException($"{target.Id} gives no probabilities for texts that it did not write itself; score with --by coverage.");
        _target = target;
        _options = options;
    }

    /// <summary>What the scores are.</summary>
    public CanaryMeasure Measure { get; }

    /// <summary>Why the first text without a score has none, in the words of the target; <see langword="null"/> where none failed.</summary>
    public string? FirstError { get; private set; }

    /// <summary>Scores by position in the list; <see langword="null"/> where the target gave none.</summary>
    /// <param name="entries">All canaries and decoys.</param>
    /// <param name="journal">Keeps what is known already across interruptions.</param>
    /// <param name="progress">Told the number of texts that are done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<double?[]> ScoreAsync(IReadOnlyList<CanaryEntry> entries, ScoreJournal journal, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        double?[] scores = new double?[entries.Count];
        int[] open = [.. Enumerable.Range(0, entries.Count).Where(i => !journal.TryGet(i, out scores[i]))];

        // By content and not by place: that a text stands first in its group must not decide in which company it is scored.
        open = [.. open.OrderBy(i => SeededRandom.Derive(_options.Seed, entries[i].Text))];
        progress?.Report(entries.Count - open.Length);
        foreach (int[] block in open.Chunk(_target.Capabilities.Endpoint is "local" ? LocalBlock : RemoteBlock))
        {
            CanaryWindow[] windows = [.. block.Select(i => CanaryWindow.Cut(entries[i], _target.Tokenizer, _target.Capabilities.ContextTokens))];
            double?[] found = Measure == CanaryMeasure.Coverage
                ? await CompleteAsync(entries, block, windows, cancellationToken)
                : await ScoreAsync(windows, cancellationToken);
            for (int i = 0; i < block.Length; i++)
                scores[block[i]] = found[i];
            journal.Add(block, found);
            progress?.Report(entries.Count - scores.Count(s => s is null));
        }

        return scores;
    }

    private async Task<double?[]> ScoreAsync(CanaryWindow[] windows, CancellationToken cancellationToken)
    {
        double?[] scores = new double?[windows.Length];
        ScoreRequest[] requests = [.. windows.Select((window, i) => new ScoreRequest(window.PrefixTokens ?? [], window.SuffixTokens ?? [])
        {
            Index = i,
            PrefixText = window.Prefix,
            SuffixText = window.Suffix,
        })];
        await foreach (SuffixScore score in _target.ScoreAsync(requests, cancellationToken))
        {
            if (score.Error is not null || score.LogProbabilities.Count == 0)
                FirstError ??= score.Error ?? "the target gave no probabilities for it";
            else
                scores[score.RequestIndex] = Finite(Measure == CanaryMeasure.Loss ? score.LogProbability / score.LogProbabilities.Count : score.LogProbability);
        }

        return scores;
    }

    private async Task<double?[]> CompleteAsync(IReadOnlyList<CanaryEntry> entries, int[] block, CanaryWindow[] windows, CancellationToken cancellationToken)
    {
        int samples = _options.Samples;
        double[] sums = new double[windows.Length];
        int[] failed = new int[windows.Length];
        CompletionRequest[] requests = [.. Enumerable.Range(0, windows.Length * samples).Select(i => Request(i, entries[block[i / samples]], windows[i / samples], i % samples))];
        await foreach (Completion completion in _target.CompleteAsync(requests, cancellationToken))
        {
            int at = completion.RequestIndex / samples;
            if (completion.Disposition == Disposition.Error)
            {
                FirstError ??= completion.Error;
                failed[at]++;
            }
            else
            {
                sums[at] += _coverage.Of(windows[at].Suffix, completion.Text, CanaryScoringOptions.GramWords);
            }
        }

        return [.. sums.Select((sum, i) => failed[i] > 0 ? (double?)null : sum / samples)];
    }

    private CompletionRequest Request(int index, CanaryEntry entry, CanaryWindow window, int sample) => new()
    {
        Index = index,
        AttemptId = string.Create(CultureInfo.InvariantCulture, $"{entry.Id}-{sample + 1}"),
        Prompt = window.Prefix,
        PromptTokens = window.PrefixTokens,
        MaxTokens = SampleMaker.MostTokens(window.Suffix, window.SuffixTokens, _target.Tokenizer),
        Sampling = new SamplingOptions { Temperature = _options.Samples > 1 ? 1 : 0 },
        Seed = SeededRandom.Derive(_options.Seed, string.Create(CultureInfo.InvariantCulture, $"{entry.Text} {sample}")),
    };

    // A model may rule a token out altogether; the least number keeps its rank below everything else and can be written.
    private static double? Finite(double score) => double.IsNaN(score) ? null : Math.Max(score, -1e300);
}
