using System.Text;
using Recite.Config;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;

namespace Recite.Controls;

/// <summary>Canaries that were drawn like the planted ones and never planted: their beginning is the prefix, what follows the suffix.</summary>
public sealed class NeverPlantedNull : INull
{
    /// <inheritdoc/>
    public string Name => "never-planted";

    /// <inheritdoc/>
    public NullPlan Plan(NullContext context, CancellationToken cancellationToken)
    {
        if (context.Canaries is not { } list)
            return NullPlan.Impossible("No canary list was given; name one with 'canaries:'.");
        if (context.Probe is not PrefixProbe probe)
            return NullPlan.Impossible("Canaries are asked for by their prefix, and recorded outputs cannot be asked again.");

        SampleMaker maker = new PrefixProbe(probe.Config with { Offset = SampleOffset.Start }).CreateMaker(context.Probing);
        var attempts = new List<PlannedAttempt>();
        int unusable = 0, planted = 0;
        foreach (Canary canary in list.Canaries.Where(c => c.Duplicates == 0).Take(context.Probing.Config.Limit ?? int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Sample? sample = maker.Cut(-1, canary.Id, canary.Id, 0, Encoding.UTF8.GetBytes(canary.Text), out _);
            if (sample is null)
                unusable++;
            else if (context.Probing.Matcher.CountOccurrences(sample.Key.Span, cancellationToken).Count > 0)
                planted++;
            else
                attempts.AddRange(maker.MakeAttempts(sample, Name, probe.Name, DuplicateStrata.Label(0), probe.Config.Repeat));
        }

        List<string> notes = [];
        if (unusable > 0)
            notes.Add($"Left out, because too short for prefix and suffix: {Counted.Of(unusable, "never-planted canary", "never-planted canaries")}.");
        if (planted > 0)
            notes.Add($"Left out, because the corpus holds what should never have been planted: {Counted.Of(planted, "canary", "canaries")}.");
        return new NullPlan(attempts, notes, attempts.Count == 0 ? "The canary list holds no usable canary with 0 duplicates." : null);
    }

    /// <inheritdoc/>
    public NullMeasure Measure(NullContext context, NullOutcomes outcomes, CancellationToken cancellationToken) =>
        new() { Rates = outcomes.Own.Count == 0 ? [] : NullRates.ExtractionOf(context, Name, outcomes.Own) };
}
