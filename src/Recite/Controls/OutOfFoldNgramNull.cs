using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Recite.Controls.Ngram;
using Recite.Evidence;
using Recite.Metrics;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;

namespace Recite.Controls;

/// <summary>
/// A Kneser-Ney 5-gram model that saw the rest of the corpus and neither the sample nor a document that shares text with it: how often its own
/// most probable continuation is the suffix, and how probable it finds the suffixes. A model that had seen the sample would recite it, and
/// would explain memorization away.
/// </summary>
public sealed class OutOfFoldNgramNull : INull
{
    internal const string NullName = "out-of-fold-ngram";

    private const double LowerShare = 0.05;
    private const double UpperShare = 0.95;

    /// <inheritdoc/>
    public string Name => NullName;

    /// <inheritdoc/>
    public NullPlan Plan(NullContext context, CancellationToken cancellationToken) => context.Probe is PrefixProbe
        ? NullPlan.NothingToAsk
        : NullPlan.Impossible("Recorded outputs have no true suffixes that could be compared; the chance of each finding is given all the same.");

    /// <inheritdoc/>
    public NullMeasure Measure(NullContext context, NullOutcomes outcomes, CancellationToken cancellationToken)
    {
        if (outcomes.Probe.Count == 0)
            return new NullMeasure();
        if (context.Ngram is not { } ngram)
            return new NullMeasure { NotRun = "No n-gram model was made for this audit." };
        if (ngram.WhyNot(cancellationToken) is { } reason)
            return new NullMeasure { NotRun = reason };

        OutOfFoldNgram model = ngram.Get(cancellationToken);
        var trials = new List<Trial>();
        var chances = new List<SampleChance>();
        int impossible = 0;
        foreach (AttemptOutcome outcome in outcomes.Probe.Where(o => !o.IsBoilerplate).DistinctBy(o => o.Attempt.Sample, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PlannedAttempt sample = outcome.Attempt;
            if (model.Score(sample) is not { } chance)
            {
                impossible++;
                continue;
            }

            chances.Add(chance);
            trials.Add(new Trial(sample.Sample, sample.Stratum, Recites(model, sample, context), true));
        }

        List<string> notes = [.. model.Notes];
        if (impossible > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Not scored by the n-gram null, because their cluster of documents that share text holds more than {(1 - FoldPlan.LeastShareElsewhere) * 100:0} % of the corpus: {Counted.Of(impossible, "sample")}."));
        return trials.Count == 0
            ? new NullMeasure { Notes = notes, NotRun = "No sample has enough of the corpus outside its own cluster of documents that share text." }
            : new NullMeasure
            {
                Rates = [.. NullRates.For(context, NullRates.Extraction, Name, []).MakeOverAttempts(trials)],
                Estimates = [Chance(context, model, chances), Supplied(context, model, chances)],
                Notes = notes,
            };
    }

    private static bool Recites(OutOfFoldNgram model, PlannedAttempt sample, NullContext context)
    {
        byte[] said = Encoding.UTF8.GetBytes(model.Continue(sample)!);
        ReadOnlySpan<byte> suffix = NormalizedPiece.Of(context.Probing.Index.Normalizer, Encoding.UTF8.GetBytes(sample.Suffix!)).Span;
        return CompletionJudge.FindSuffix(NormalizedPiece.Of(context.Probing.Index.Normalizer, said).Span, suffix) is not null;
    }

    private JsonObject Chance(NullContext context, OutOfFoldNgram model, List<SampleChance> chances)
    {
        double[] sorted = [.. chances.Select(c => c.Suffix / Math.Log(10)).Order()];
        return Estimate("chance", context, model, chances.Count, new()
        {
            ["log10Median"] = Quantile(sorted, 0.5),
            ["log10Low"] = Quantile(sorted, LowerShare),
            ["log10High"] = Quantile(sorted, UpperShare),
            ["between"] = new JsonArray(LowerShare, UpperShare),
        });
    }

    // M11: what the auditor put in, and what came back where it did.
    private JsonObject Supplied(NullContext context, OutOfFoldNgram model, List<SampleChance> chances) => Estimate("information", context, model, chances.Count, new()
    {
        ["suppliedBitsMedian"] = Quantile([.. chances.Select(c => -c.Prefix / Math.Log(2)).Order()], 0.5),
        ["askedForBitsMedian"] = Quantile([.. chances.Select(c => -c.Suffix / Math.Log(2)).Order()], 0.5),
    });

    private JsonObject Estimate(string name, NullContext context, OutOfFoldNgram model, int samples, JsonObject figures)
    {
        figures["name"] = name;
        figures["null"] = Name;
        figures["probe"] = context.Probe.Name;
        figures["samples"] = samples;
        figures["units"] = model.Units;
        return figures;
    }

    // The value below which a share of the others lies, one of the values themselves.
    private static double Quantile(double[] sorted, double share) => sorted[(int)Math.Clamp(Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
