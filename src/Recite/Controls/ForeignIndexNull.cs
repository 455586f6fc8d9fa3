using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Metrics;
using Recite.Reporting;

namespace Recite.Controls;

/// <summary>
/// The probe's completions held against an unrelated corpus: the share that holds at least so many of its characters in a row. What is
/// found there is chance, quotation and common phrases; a curve, not a control of the rate.
/// </summary>
public sealed class ForeignIndexNull : INull
{
    private const string NullName = "foreign-index";

    /// <inheritdoc/>
    public string Name => NullName;

    /// <inheritdoc/>
    public NullPlan Plan(NullContext context, CancellationToken cancellationToken) => context.Foreign is null
        ? NullPlan.Impossible("No unrelated index was given; name one of matched size with 'foreign:'.")
        : NullPlan.NothingToAsk;

    /// <inheritdoc/>
    public NullMeasure Measure(NullContext context, NullOutcomes outcomes, CancellationToken cancellationToken)
    {
        if (outcomes.Probe.Count == 0)
            return new NullMeasure();

        // Normalized by the same rules or not at all: CorpusIndex refuses other tables, the profile is checked when the audit begins.
        return new NullMeasure { Curves = MeasureCurves(context.Foreign!, context.Probe.Name, [.. outcomes.Probe.Select(o => o.Text)], context.Confidence, cancellationToken) };
    }

    /// <summary>The curves of outputs in an index: by characters, and by words beside those of the corpus itself.</summary>
    internal static IReadOnlyList<Curve> MeasureCurves(CorpusIndex foreign, string probe, IReadOnlyList<NormalizedText> outputs, double confidence, CancellationToken cancellationToken)
    {
        var matcher = new Matcher(foreign);
        int guarantee = foreign.Manifest.Guarantee;
        MatchResult[] found = [.. outputs.Select(o => matcher.Match(o, new MatchOptions { MaxSources = 1 }, cancellationToken))];
        return
        [
            LengthCurve.Make(NullName, probe, [.. found.Select(f => f.LongestCharacters)], guarantee, confidence),
            LengthCurve.MakeInWords("longest-corpus-match-in-words", NullName, [.. found.Select(f => f.LongestWords)], outputs.Select(o => o.Bytes), guarantee, confidence),
        ];
    }
}
