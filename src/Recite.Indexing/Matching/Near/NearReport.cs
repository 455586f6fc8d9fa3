using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Near;

/// <summary>Near-verbatim matches as they are reported, beside the verbatim ones.</summary>
internal sealed class NearReport(CorpusIndex index, NearTolerance tolerance)
{
    private readonly DocumentsOfPlaces _documents = new(index);

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
        var places = new SortedDictionary<CorpusPosition, NearPlace>(CorpusPosition.Order);
        foreach (NearPlace place in group.Places)
            places[new CorpusPosition(place.Segment, place.Start)] = place;
        return new ReportedMatch
        {
            Start = original.Start,
            End = original.End,
            Normalized = group.Input,
            Words = input.CountWords(group.Input),
            Characters = input.CountCharacters(group.Input),
            Kind = MatchKind.NearVerbatim,
            Edits = group.Edits,
            Occurrences = _documents.Count([.. places.Keys]),

            // A place whose every sampled k-gram was changed is not found, so the count can only be a lower bound.
            OccurrencesAreExact = false,
            Sources = [.. _documents.First([.. places.Keys], maxSources).Select(found => Source(found, places[found.Place]))],
        };
    }

    private MatchSource Source(PlacedDocumentNumber found, NearPlace place)
    {
        SegmentReader segment = index.Segments[place.Segment];
        (long start, long end) = segment.ToOriginal(segment[found.Row], place.Start, place.End);
        DocumentEntry document = index.GetDocument(found.Document);
        return new MatchSource(found.Document, document.Id, document.Uri, start, end, place.Words);
    }
}
