using Recite.Indexing.Text;

namespace Recite.Indexing.Matching;

/// <summary>A trimmed span with all its places.</summary>
internal sealed record PlacedSpan(TextSpan Span, Occurrences Occurrences);

/// <summary>
/// Drops a span inside another if it stands nowhere that the longer one does not: it says nothing new. A passage that stands
/// in a thousand documents stays, even if a neighbouring word makes one of them longer.
/// </summary>
internal static class SpanReduction
{
    public static List<PlacedSpan> Reduce(List<PlacedSpan> spans)
    {
        // Longer spans at the same start first: whatever contains a span is then met before it.
        spans.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.Span.End.CompareTo(a.Span.End));
        var kept = new List<PlacedSpan>();
        var open = new List<PlacedSpan>();
        foreach (PlacedSpan span in spans)
        {
            open.RemoveAll(longer => longer.Span.End <= span.Span.Start);
            if (!open.Exists(longer => longer.Span.Contains(span.Span) && StandsOnlyInside(span, longer)))
                kept.Add(span);
            open.Add(span);
        }

        return kept;
    }

    private static bool StandsOnlyInside(PlacedSpan span, PlacedSpan longer)
    {
        // Every span stands somewhere: without a place, looking for it stopped early, and nothing is known of where it stands.
        if (span.Occurrences.Places.Count == 0)
            return false;
        int slack = longer.Span.Length - span.Span.Length;
        int at = 0;
        foreach (CorpusPosition place in span.Occurrences.Places)
        {
            // Both lists are in order, so one walk finds for each place the first longer place that could still cover it.
            IReadOnlyList<CorpusPosition> covers = longer.Occurrences.Places;
            while (at < covers.Count && (covers[at].Segment < place.Segment
                || (covers[at].Segment == place.Segment && covers[at].Position < place.Position - slack)))
            {
                at++;
            }

            if (at == covers.Count || covers[at].Segment != place.Segment || covers[at].Position > place.Position)
                return false;
        }

        return true;
    }
}
