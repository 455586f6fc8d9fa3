using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Near;

/// <summary>Near-verbatim matches as they are reported, beside the verbatim ones.</summary>
internal sealed class NearReport(CorpusIndex index, NearTolerance tolerance)
{
    /// <summary>Adds the near-verbatim matches of an input and orders all by start; false when the step budget ran out.</summary>
    public bool AddTo(List<ReportedMatch> matches, NormalizedText input, Func<TextSpan, bool> isLongEnough, int maxSources, CancellationToken cancellationToken)
    {
        StepBudget budget = StepBudget.For(input.Bytes.Length);
        IReadOnlyList<NearGroup> groups = new NearFinder(index, tolerance, budget).Find(
            input, span => span.Length >= index.Manifest.Guarantee && isLongEnough(span), cancellationToken);
        matches.AddRange(groups.Select(group => Report(input, group, maxSources)));

        // At the same start, the shorter verbatim one stands behind what holds it; the sort is stable.
        ReportedMatch[] ordered = [.. matches.OrderBy(match => match.Start).ThenByDescending(match => match.End)];
        matches.Clear();
        matches.AddRange(ordered);
        return !budget.IsSpent;
    }

    private ReportedMatch Report(NormalizedText input, NearGroup group, int maxSources)
    {
        // A word that begins or ends inside a cluster of the original takes the whole of it along, as sources do.
        TextSpan original = input.ToOriginalOutside(group.Input);
        return new ReportedMatch
        {
            Start = original.Start,
            End = original.End,
            Normalized = group.Input,
            Words = input.CountWords(group.Input),
            Characters = input.CountCharacters(group.Input),
            Kind = MatchKind.NearVerbatim,
            Edits = group.Edits,
            Occurrences = group.Places.Count,

            // A place whose every sampled k-gram was changed is not found, so the count can only be a lower bound.
            OccurrencesAreExact = false,
            Sources = [.. group.Places.Take(maxSources).Select(Source)],
        };
    }

    private MatchSource Source(NearPlace place)
    {
        SegmentReader segment = index.Segments[place.Segment];
        long local = segment.FindDocument(place.Start);
        DocumentRow row = segment[local];
        (long start, long end) = segment.ToOriginal(row, place.Start, place.End);
        (string id, string uri) = segment.ReadName(row);
        return new MatchSource(index.NumberOf(place.Segment, local), id, uri, start, end, place.Words);
    }
}
