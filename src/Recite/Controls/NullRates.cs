using Recite.Config;
using Recite.Metrics;
using Recite.Probes;
using Recite.Reporting;

namespace Recite.Controls;

/// <summary>The rates of a probe and of the nulls that ask the same kind of question: extraction where there is a suffix, and corpus matches.</summary>
internal static class NullRates
{
    public const string Extraction = "extraction";
    public const string CorpusMatch = "corpus-match";

    /// <summary>Trials for the extraction rate: boilerplate suffixes are left out (M19).</summary>
    public static IReadOnlyList<Trial> ExtractionTrials(IEnumerable<AttemptOutcome> outcomes) =>
        [.. outcomes.Where(o => !o.IsBoilerplate).Select(o => new Trial(o.Attempt.Sample, o.Attempt.Stratum, o.Extraction is not null, o.IsCompleted, o.Cluster))];

    /// <summary>Trials for the rate of corpus matches.</summary>
    public static IReadOnlyList<Trial> MatchTrials(IEnumerable<AttemptOutcome> outcomes) =>
        [.. outcomes.Select(o => new Trial(o.Attempt.Sample, o.Attempt.Stratum, o.HasCorpusMatch, o.IsCompleted, o.Cluster))];

    /// <summary>How the probe's rates are labelled.</summary>
    public static RateMaker For(NullContext context, string name, string? nullName, IReadOnlyList<StratumPopulation> strata) => new(
        name,
        context.Probe.Name,
        nullName,
        context.Probe is PrefixProbe ? "samples" : "outputs",
        context.Probe is PrefixProbe prefix ? ConfigJson.Word(prefix.Config.Offset) : null,
        PopulationOf(context.Probe, nullName),
        strata,
        context.Confidence);

    // Controls with texts of their own (held-out documents, canaries) draw one window of each, whatever the probe does.
    private static string PopulationOf(IProbe probe, string? nullName) => probe switch
    {
        PrefixProbe prefix when nullName is null or "permuted-suffix" or "baseline-model" => ConfigJson.Word(prefix.Config.Population),
        PrefixProbe => ConfigJson.Word(SamplePopulation.DistinctWindows),
        _ => "recorded-outputs",
    };

    /// <summary>
    /// The extraction rate of a null that asked for texts the target never saw. What else such an output holds says nothing: a prompt of
    /// any kind may set a model reciting, so these questions are no null of the corpus-match rate.
    /// </summary>
    public static IReadOnlyList<Rate> ExtractionOf(NullContext context, string nullName, IReadOnlyList<AttemptOutcome> outcomes)
    {
        IReadOnlyList<Trial> trials = ExtractionTrials(outcomes);
        List<Rate> rates = [.. For(context, Extraction, nullName, []).MakeOverAttempts(trials)];
        if (context.Probe is PrefixProbe { Config.Repeat: > 1 })
            rates.Add(AttemptRate.Make(rates[0], trials, [], context.Confidence));
        return rates;
    }

    /// <summary>Both rates of a model that never saw the corpus, asked the same questions.</summary>
    public static IReadOnlyList<Rate> Of(NullContext context, string nullName, IReadOnlyList<AttemptOutcome> outcomes) =>
    [
        .. For(context, Extraction, nullName, []).MakeOverAttempts(ExtractionTrials(outcomes)),
        .. For(context, CorpusMatch, nullName, []).MakeOverAttempts(MatchTrials(outcomes)),
    ];
}
