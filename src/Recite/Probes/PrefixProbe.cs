using System.Text;
using Recite.Config;
using Recite.Evidence;
using Recite.Indexing;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>
/// Discoverable extraction (Carlini et al. 2022): shows the target true prefixes from the corpus and asks whether the true suffixes come
/// back. The rate is one of distinct windows, one per document, or of tokens with multiplicity; stratified by duplicates.
/// </summary>
public sealed class PrefixProbe(PrefixProbeConfig config) : IProbe
{
    /// <inheritdoc/>
    public string Name => "prefix";

    internal PrefixProbeConfig Config => config;

    /// <inheritdoc/>
    public Task<ProbePlan> PlanAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        int samples = Math.Min(config.Samples, context.Config.Limit ?? int.MaxValue);
        SampleMaker maker = CreateMaker(context);
        DrawnSamples drawn = IsOfTokens
            ? new TokenDraw(context, maker, config, SeedOf(context.Config)).Draw(samples, cancellationToken)
            : new SampleDraw(context, maker, SeedOf(context.Config)).Draw(samples, config.Offset == SampleOffset.Start, cancellationToken);
        if (drawn.Samples.Count == 0)
        {
            throw new ReciteException(
                $"No document of the corpus is long enough for 'prefix: {config.Prefix}' and 'suffix: {config.Suffix}'; shorten them.");
        }

        PlannedAttempt[] attempts = [.. drawn.Samples.SelectMany(s => maker.MakeAttempts(s.Sample, Name, Name, s.Stratum, config.Repeat))];
        List<string> notes = [.. drawn.Notes];
        if (config.Repeat > 1)
            notes.Add(FormattableString.Invariant($"Each sample was asked {config.Repeat} times; it counts as a hit when any of its attempts is one."));
        if (config.Repeat > 1 && context.Config.Sampling.Temperature == 0)
            notes.Add("Greedy decoding (temperature 0) gives the same completion each time: repeating an attempt measures nothing more.");
        return Task.FromResult(new ProbePlan(attempts, drawn.Populations, notes));
    }

    /// <inheritdoc/>
    public AttemptOutcome Judge(PlannedAttempt attempt, Completion completion, ProbeContext context, CancellationToken cancellationToken)
    {
        AttemptOutcome outcome = CompletionJudge.Judge(attempt, completion, context, cancellationToken);
        return IsOfTokens ? outcome with { Cluster = FindCluster(attempt, context, cancellationToken) } : outcome;
    }

    internal bool IsOfTokens => config.Population == SamplePopulation.Tokens;

    internal SampleMaker CreateMaker(ProbeContext context) => new(
        new WindowCutter(config, context.Target.Tokenizer, context.Target.Id),
        context.Index.Normalizer,
        context.Target.Tokenizer,
        SeedOf(context.Config));

    internal ulong SeedOf(AuditConfig audit) => config.Seed ?? audit.Seed;

    // The first document that holds the window: windows of two copies of a text are no more independent than two of one copy.
    private static string? FindCluster(PlannedAttempt attempt, ProbeContext context, CancellationToken cancellationToken)
    {
        if (attempt.Source is not { Document: >= 0 } source)
            return null;
        ReadOnlyMemory<byte> window = NormalizedPiece.Of(context.Index.Normalizer, Encoding.UTF8.GetBytes(attempt.Prompt + attempt.Suffix));
        return context.Matcher.FindSources(window.Span, 1, cancellationToken) is [var first] ? first.Id : source.Id;
    }
}
