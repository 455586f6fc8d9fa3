using Recite.Indexing.Matching;
using Recite.Metrics;

namespace Recite.Controls;

/// <summary>
/// The probe's completions held against an unrelated corpus: the share that holds at least so many of its characters in a row. What is
/// found there is chance, quotation and common phrases; a curve, not a control of the rate.
/// </summary>
public sealed class ForeignIndexNull : INull
{
    /// <inheritdoc/>
    public string Name => "foreign-index";

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
        var matcher = new Matcher(context.Foreign!);
        MatchResult[] found = [.. outcomes.Probe.Select(o => matcher.Match(o.Text, new MatchOptions { MaxSources = 1 }, cancellationToken))];
        int guarantee = context.Foreign!.Manifest.Guarantee;
        return new NullMeasure
        {
            Curves =
            [
                LengthCurve.Make("foreign-index", context.Probe.Name, [.. found.Select(f => f.LongestCharacters)], guarantee, context.Confidence),
                LengthCurve.MakeInWords("longest-corpus-match-in-words", Name, [.. found.Select(f => f.LongestWords)], outcomes.Probe.Select(o => o.Text.Bytes), guarantee, context.Confidence),
            ],
        };
    }
}
