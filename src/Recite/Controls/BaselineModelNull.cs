using System.Text.Json.Nodes;
using Recite.Metrics.Statistics;
using Recite.Probes;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Controls;

/// <summary>
/// The same prompts to a model that never saw the corpus (the model before fine-tuning, a twin): the strongest null. Pairs are compared by
/// McNemar's exact test, and the difference of the rates has its own interval.
/// </summary>
public sealed class BaselineModelNull : INull
{
    internal const string ArmName = "baseline-model";

    /// <inheritdoc/>
    public string Name => ArmName;

    /// <inheritdoc/>
    public NullPlan Plan(NullContext context, CancellationToken cancellationToken)
    {
        if (context.Baseline is not { } baseline)
            return NullPlan.Impossible("No baseline was given; name a model that never saw the corpus with 'baseline:'.");
        if (context.Probe is not PrefixProbe)
            return NullPlan.Impossible("Recorded outputs cannot be asked again of another model.");
        return new NullPlan([.. context.Attempts.Select(a => ForBaseline(a, baseline.Tokenizer))], [], null);
    }

    /// <inheritdoc/>
    public NullMeasure Measure(NullContext context, NullOutcomes outcomes, CancellationToken cancellationToken)
    {
        if (outcomes.Own.Count == 0)
            return new NullMeasure();

        Dictionary<string, bool> target = BySample(outcomes.Probe);
        Dictionary<string, bool> baseline = BySample(outcomes.Own);
        string[] pairs = [.. target.Keys.Where(baseline.ContainsKey)];
        List<JsonObject> estimates = [];
        if (pairs.Length > 0)
        {
            PairedDifference difference = PairedDifference.Compare(
                pairs.Length,
                pairs.Count(s => target[s] && !baseline[s]),
                pairs.Count(s => !target[s] && baseline[s]),
                context.Confidence);
            estimates.Add(new JsonObject
            {
                ["name"] = "extraction-difference",
                ["null"] = Name,
                ["probe"] = context.Probe.Name,
                ["pairs"] = difference.Pairs,
                ["onlyTarget"] = difference.OnlyFirst,
                ["onlyBaseline"] = difference.OnlySecond,
                ["difference"] = difference.Difference,
                ["low"] = difference.Low,
                ["high"] = difference.High,
                ["confidence"] = context.Confidence,
                ["method"] = "samples unweighted; difference of Clopper-Pearson intervals, Bonferroni",
                ["p"] = difference.PValue,
                ["test"] = "McNemar, exact, two-sided",
            });
        }

        return new NullMeasure
        {
            Rates =
            [
                .. NullRates.For(context, NullRates.Extraction, Name, context.Strata).MakeOverAttempts(NullRates.ExtractionTrials(outcomes.Own)),
                .. NullRates.For(context, NullRates.CorpusMatch, Name, context.Strata).MakeOverAttempts(NullRates.MatchTrials(outcomes.Own)).Where(r => r.Stratum is null),
            ],
            Estimates = estimates,
        };
    }

    // Token ids mean something else to another tokenizer; where both agree they are kept, so that the prompts are the same to the token.
    private static PlannedAttempt ForBaseline(PlannedAttempt attempt, ITokenizer? tokenizer)
    {
        bool same = attempt.PromptTokens is not null
            && tokenizer is not null
            && tokenizer.Encode(attempt.Prompt).Select(t => t.Id).SequenceEqual(attempt.PromptTokens);
        return attempt with
        {
            Ordinal = -1,
            Id = $"{ArmName}-{attempt.Id}",
            Arm = ArmName,
            PromptTokens = same ? attempt.PromptTokens : null,
            MaxTokens = SampleMaker.MostTokens(attempt.Suffix!, same ? attempt.SuffixTokens : null, tokenizer),
        };
    }

    private static Dictionary<string, bool> BySample(IEnumerable<AttemptOutcome> outcomes) => outcomes
        .Where(o => !o.IsBoilerplate)
        .GroupBy(o => o.Attempt.Sample, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Any(o => o.Extraction is not null), StringComparer.Ordinal);
}
