using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Controls;
using Recite.Gates;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;
using Recite.Membership;
using Recite.Metrics.Species;
using Recite.Metrics.Statistics;
using Recite.Probes;
using Recite.Reporting;

namespace Recite.Metrics;

/// <summary>Everything that is measured on the outcomes of an audit.</summary>
internal sealed class AuditMeasurer
{
    private readonly Dictionary<string, GateMeasure> _gateMeasures = new(StringComparer.Ordinal);

    public List<Rate> Rates { get; } = [];

    public List<Rate> Controls { get; } = [];

    public List<ControlNotRun> NotRun { get; } = [];

    public List<Curve> Curves { get; } = [];

    public List<DuplicateStratum> Duplicates { get; } = [];

    public List<JsonObject> Estimates { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>What gates are judged on, by <see cref="GateMetric.Key"/>.</summary>
    public IReadOnlyDictionary<string, GateMeasure> GateMeasures => _gateMeasures;

    /// <summary>Measures one probe and its nulls. <paramref name="notRun"/> are the nulls that planning could not run.</summary>
    public void Add(NullContext context, IReadOnlyList<AttemptOutcome> all, IReadOnlyList<ControlNotRun> notRun, CancellationToken cancellationToken)
    {
        IProbe probe = context.Probe;
        AttemptOutcome[] own = InArm(all, probe.Name);
        AddRates(context, own, hasMatchNull: context.Probe is not PrefixProbe || InArm(all, "baseline-model").Length > 0);
        AddLongest(own);
        AddDuplicates(context, own, all);
        AddCurves(context, own, all);
        if (CanaryRecall.Measure(context, own, cancellationToken) is { } recall)
            Estimates.Add(recall);
        AddSpecies(context, own, InArm(all, "baseline-model"), cancellationToken);
        Estimates.AddRange(FilteredFigures.Estimate(context, all));
        Estimates.AddRange(PersonalDataFigures.Estimate(context, all));
        Notes.AddRange(FilteredFigures.Note(context, all));
        NotRun.AddRange(notRun);
        HashSet<string> skipped = [.. notRun.Select(n => n.Null)];
        foreach (INull control in NullList.All)
        {
            AttemptOutcome[] arm = InArm(all, control.Name);
            if (skipped.Contains(control.Name) && arm.Length == 0)
                continue;
            NullMeasure measure = control.Measure(context, new NullOutcomes(own, arm, all), cancellationToken);
            Controls.AddRange(measure.Rates);
            Curves.AddRange(measure.Curves);
            Estimates.AddRange(measure.Estimates);
            Notes.AddRange(measure.Notes);
            if (measure.NotRun is { } reason)
                NotRun.Add(new ControlNotRun(control.Name, reason));
        }

        foreach (Rate control in Controls.Where(c => c is { Hits: 0, Trials: > 0, Stratum: null, Method: ClopperPearson.Method } && string.Equals(c.Probe, probe.Name, StringComparison.Ordinal)))
            Notes.Add(Excluded(control, context.Confidence));
    }

    /// <summary>Adds what was found out about membership; it enters no rate and no gate.</summary>
    public void Add(MembershipOutcome membership)
    {
        Estimates.AddRange(membership.Estimates);
        Notes.AddRange(membership.Notes);
    }

    /// <summary>Adds what was measured on scores.</summary>
    public void Add(ScoreMeasure measure)
    {
        Rates.AddRange(measure.Rates);
        Controls.AddRange(measure.Controls);
        Curves.AddRange(measure.Curves);
        Estimates.AddRange(measure.Estimates);
        Notes.AddRange(measure.Notes);
    }

    private static AttemptOutcome[] InArm(IEnumerable<AttemptOutcome> outcomes, string arm) =>
        [.. outcomes.Where(o => string.Equals(o.Attempt.Arm, arm, StringComparison.Ordinal))];

    private void AddRates(NullContext context, AttemptOutcome[] own, bool hasMatchNull)
    {
        if (context.Probe is PrefixProbe)
        {
            List<Rate> extraction = [.. NullRates.For(context, NullRates.Extraction, null, context.Strata).Make(NullRates.ExtractionTrials(own))];
            Rates.AddRange(extraction);
            AddMeasure(GateMetric.ExtractionRate, extraction[0]);
            if (context.Probe is PrefixProbe { Config.Repeat: > 1 })
                Rates.Add(AttemptRate.Make(extraction[0], NullRates.ExtractionTrials(own), context.Strata, context.Confidence));
            int boilerplate = own.Where(o => o.IsBoilerplate).Select(o => o.Attempt.Sample).Distinct(StringComparer.Ordinal).Count();
            if (boilerplate > 0)
                Notes.Add($"Left out of the extraction rates, because the suffix is so repetitive that it proves nothing: {Counted.Of(boilerplate, "sample")}.");
            int echoes = own.Count(o => o.IsEcho);
            if (echoes > 0)
                Notes.Add($"No extraction, because only what the prompt already held was repeated: {Counted.Of(echoes, "completion")}.");
        }

        List<Rate> match = [.. NullRates.For(context, NullRates.CorpusMatch, null, context.Strata).Make(NullRates.MatchTrials(own))];
        AddMeasure(GateMetric.CorpusMatchRate, match[0]);

        // No number is shown without its null, and only a model that never saw the corpus is one for what else an output may hold.
        if (hasMatchNull)
            Rates.AddRange(match);
        else if (own.Any(o => o.HasCorpusMatch))
            Notes.Add("How often outputs hold any passage of the corpus is not given as a rate, because its null is a model that never saw the corpus and none was named with 'baseline:'. The passages themselves are among the findings.");
        AddWeights(context);
        int incomplete = own.Count(o => !o.IsLookupComplete);
        if (incomplete > 0)
            Notes.Add($"Looked up in part only, because too much of the corpus looks like it: {Counted.Of(incomplete, "completion")}; more of it may match.");
        if (context.Probing.Config.Match.Near is { } near)
            Notes.Add(NearNote(near, context.Probing.Index.Manifest.Guarantee));
        int shorter = own.Count(o => o.Extraction is not null && !o.HasCorpusMatch);
        if (shorter > 0)
            Notes.Add($"A corpus match is at least {context.Probing.Config.Match.MinLength} long ('match.minLength'); shorter than that, and so an extraction without a corpus match: {Counted.Of(shorter, "completion")}.");
    }

    private static string NearNote(NearTolerance near, int guarantee)
    {
        string missed = guarantee >= NearTolerance.WeakGuarantee ? $" At the index's guarantee of {guarantee} bytes most short ones are missed." : "";
        return $"Near-verbatim matches, with up to {near} of their words changed, stand among the findings and in no rate: no null is made for them.{missed}";
    }

    private void AddWeights(NullContext context)
    {
        double total = context.Strata.Sum(s => s.Windows);
        if (context.Strata.Count < 2 || total <= 0)
            return;
        IEnumerable<string> weights = context.Strata.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Stratum}: {s.Windows / total:0.####}"));
        Notes.Add($"Weights of the strata (duplicates: share of {(context.Probe is PrefixProbe { IsOfTokens: true } ? "tokens" : "distinct windows")}) in the headline of {context.Probe.Name}: {string.Join(", ", weights)}.");
    }

    // Two probes may measure the same thing: a gate is judged on the less favourable one.
    private void AddMeasure(string metric, Rate rate)
    {
        var measure = new GateMeasure(rate.Value, rate.Low, rate.High);
        string key = GateMetric.Key(metric, null);
        if (!_gateMeasures.TryGetValue(key, out GateMeasure other) || (measure.High ?? 1) > (other.High ?? 1))
            _gateMeasures[key] = measure;
    }

    private void AddLongest(AttemptOutcome[] own)
    {
        if (own.Length == 0)
            return;
        AddLongest(LengthUnit.Words, own.Max(o => o.LongestWords));
        AddLongest(LengthUnit.Characters, own.Max(o => o.LongestCharacters));
    }

    private void AddLongest(LengthUnit unit, int value)
    {
        string key = GateMetric.Key(GateMetric.Longest, unit);
        _gateMeasures[key] = GateMeasure.Exact(Math.Max(value, _gateMeasures.GetValueOrDefault(key).Value ?? 0));
    }

    private void AddDuplicates(NullContext context, AttemptOutcome[] own, IReadOnlyList<AttemptOutcome> all)
    {
        if (context.Strata.Count == 0)
            return;
        int never = Samples(InArm(all, "never-planted")) + Samples(InArm(all, "held-out"));
        if (never > 0)
            Duplicates.Add(new DuplicateStratum(DuplicateStrata.Label(0), never, null));
        foreach (StratumPopulation stratum in context.Strata)
        {
            int samples = Samples(own.Where(o => string.Equals(o.Attempt.Stratum, stratum.Stratum, StringComparison.Ordinal)));
            Duplicates.Add(new DuplicateStratum(stratum.Stratum, samples, (long)Math.Round(stratum.Windows)));
        }
    }

    private static int Samples(IEnumerable<AttemptOutcome> outcomes) => outcomes.Select(o => o.Attempt.Sample).Distinct(StringComparer.Ordinal).Count();

    private void AddCurves(NullContext context, AttemptOutcome[] own, IReadOnlyList<AttemptOutcome> all)
    {
        foreach ((string series, AttemptOutcome[] outcomes) in new[] { (context.Probe.Name, own), ("held-out", InArm(all, "held-out")), ("never-planted", InArm(all, "never-planted")), ("baseline-model", InArm(all, "baseline-model")) })
        {
            if (outcomes.Length == 0)
                continue;
            int guarantee = context.Probing.Index.Manifest.Guarantee;
            Curves.Add(LengthCurve.Make("longest-corpus-match", series, [.. outcomes.Select(o => o.LongestCharacters)], guarantee, context.Confidence));
            Curves.Add(LengthCurve.MakeInWords("longest-corpus-match-in-words", series, [.. outcomes.Select(o => o.LongestWords)], outcomes.Select(o => o.Text.Bytes), guarantee, context.Confidence));
        }
    }

    // Without a model that never saw the corpus, what else than the true suffix an output holds has no null: then it is not counted.
    private void AddSpecies(NullContext context, AttemptOutcome[] own, AttemptOutcome[] baseline, CancellationToken cancellationToken)
    {
        bool onlyExtractions = context.Probe is PrefixProbe && baseline.Length == 0;

        // Good and Turing need draws with replacement. Distinct windows are drawn without: every find would be new by design.
        string? whyNoMore = context.Probe is PrefixProbe { Config.Population: SamplePopulation.DistinctWindows }
            ? "each text is asked for once, so that every find is new by design and says nothing of what else there is; 'population: tokens' draws with multiplicity"
            : null;
        foreach ((string? control, AttemptOutcome[] outcomes) in new[] { (null, own), ("baseline-model", baseline) })
            Estimates.AddRange(SpeciesEstimates.Make(context.Probing, context.Probe.Name, control, outcomes, onlyExtractions, whyNoMore, context.Confidence, cancellationToken));
    }

    private static string Excluded(Rate control, double confidence)
    {
        double smallest = ClopperPearson.SmallestExcluded(control.Trials, confidence);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"0 of {control.Trials} in the control {control.Null} ({control.Name}): a rate of {Math.Ceiling(smallest * 10_000) / 100:0.##} % or more is excluded, one-sided at {confidence * 100:0.#} %.");
    }
}
