using Recite.Indexing.Corpora;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Matching.Outermost;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching;

/// <summary>Which spans of a text stand in a corpus, and where? Safe for concurrent use over one open index.</summary>
/// <param name="index">The open index.</param>
public sealed class Matcher(CorpusIndex index)
{
    private readonly DocumentsOfPlaces _documents = new(index);

    /// <summary>Up to which size a corpus is scanned for what its samples may miss; less in tests, where every corpus is small.</summary>
    internal long ScannedBytes { get; init; } = OccurrenceFinder.ScannedBytes;

    /// <summary>Every maximal match of at least the minimum length, trimmed, merged and counted for a reader.</summary>
    /// <exception cref="ReciteException">The minimum is below what the index guarantees, or it counts tokens.</exception>
    public MatchResult Match(NormalizedText input, MatchOptions options, CancellationToken cancellationToken)
    {
        CheckMinimum(options.MinimumLength);
        ReadOnlySpan<byte> query = input.Bytes.Span;
        StepBudget budget = StepBudget.For(query.Length);
        HashSet<TextSpan> maximal = FindMaximal(query, budget, cancellationToken);

        // Thresholds are judged on the untrimmed span, what is shown is trimmed; equal trimmed spans are one.
        ILookup<TextSpan, TextSpan> trimmed = maximal.Where(span => IsLongEnough(input, span, options.MinimumLength)).ToLookup(input.TrimToWords);
        var finder = new OccurrenceFinder(index, budget, ScannedBytes);
        List<PlacedSpan> placed = [];
        foreach (IGrouping<TextSpan, TextSpan> span in trimmed)
        {
            if (!span.Key.IsEmpty)
                placed.Add(new PlacedSpan(span.Key, finder.Find(query, span.Key, span, cancellationToken)));
        }

        List<ReportedMatch> matches = [.. SpanReduction.Reduce(placed).Select(span => Report(input, span, options.MaxSources))];
        ReportedMatch? longest = matches.MaxBy(match => match.Characters);
        bool isComplete = !budget.IsSpent;
        if (options.Near is { } tolerance)
            isComplete &= new NearReport(index, tolerance).AddTo(matches, input, span => IsLongEnough(input, span, options.MinimumLength), options.MaxSources, cancellationToken);
        return new MatchResult(
            input.Original.Length,
            input.CountWords(new TextSpan(0, query.Length)),
            SpanCoverage.OfWords(input, matches),
            longest?.Words ?? 0,
            longest?.Characters ?? 0,
            isComplete,
            matches);
    }

    /// <summary>
    /// The untrimmed maximal matches of at least the guarantee, in bytes of the normalized query, ordered by start: the very
    /// spans that a suffix array would give.
    /// </summary>
    public IReadOnlyList<TextSpan> FindMaximalSpans(ReadOnlySpan<byte> normalized, CancellationToken cancellationToken) =>
        [.. FindMaximal(normalized, StepBudget.For(normalized.Length), cancellationToken).OrderBy(span => span.Start).ThenBy(span => span.End)];

    /// <summary>
    /// The untrimmed maximal matches of at least the guarantee that lie in no other, in bytes of the normalized query, ordered by start.
    /// Much quicker than all of them where text stands in a corpus many times: what lies in a match is not looked at.
    /// </summary>
    public IReadOnlyList<TextSpan> FindOutermostSpans(ReadOnlySpan<byte> normalized, CancellationToken cancellationToken)
    {
        var spans = new OutermostSpans();
        foreach (SegmentReader segment in index.Segments)
            new OutermostFinder(segment, index.Sampling).Find(normalized, spans, cancellationToken);
        return spans.All;
    }

    /// <summary>Which documents share a span of at least the guarantee with a normalized text, in bounded time.</summary>
    /// <param name="normalized">The text.</param>
    /// <param name="mostSteps">How many places of the corpus may be compared with it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public SharingDocuments FindSharingDocuments(ReadOnlySpan<byte> normalized, long mostSteps, CancellationToken cancellationToken)
    {
        var budget = new StepBudget(mostSteps);
        QueryGrams grams = QueryGrams.Of(normalized, index.Sampling);
        HashSet<long> documents = [];
        for (int i = 0; i < index.Segments.Count; i++)
        {
            int ordinal = i;
            SegmentReader segment = index.Segments[i];
            var finder = new SpanFinder(segment, index.Sampling, budget)
            {
                OnMatch = position => documents.UnionWith(index.Rows.DocumentsOf(ordinal, segment.FindDocument(position))),
            };
            finder.Find(normalized, grams, [], cancellationToken);
        }

        return new SharingDocuments(documents, !budget.IsSpent);
    }

    /// <summary>How often a normalized text stands in the corpus; exact from the guarantee on.</summary>
    public OccurrenceCount CountOccurrences(ReadOnlySpan<byte> normalized, CancellationToken cancellationToken)
    {
        Occurrences found = new OccurrenceFinder(index, StepBudget.For(normalized.Length)).Find(normalized, cancellationToken);
        return new OccurrenceCount(_documents.Count(found.Places), found.AreExact);
    }

    /// <summary>The first places of a normalized text, in document order.</summary>
    public IReadOnlyList<MatchSource> FindSources(ReadOnlySpan<byte> normalized, int maxSources, CancellationToken cancellationToken)
    {
        Occurrences found = new OccurrenceFinder(index, StepBudget.For(normalized.Length)).Find(normalized, cancellationToken);
        return Sources(found, normalized, maxSources);
    }

    private HashSet<TextSpan> FindMaximal(ReadOnlySpan<byte> query, StepBudget budget, CancellationToken cancellationToken)
    {
        HashSet<TextSpan> spans = [];
        QueryGrams grams = QueryGrams.Of(query, index.Sampling);
        foreach (SegmentReader segment in index.Segments)
            new SpanFinder(segment, index.Sampling, budget).Find(query, grams, spans, cancellationToken);
        return spans;
    }

    private void CheckMinimum(TextLength? minimum)
    {
        int guarantee = index.Manifest.Guarantee;
        switch (minimum)
        {
            case { Unit: LengthUnit.Tokens }:
                throw new ReciteException($"A minimum of {minimum} needs a tokenizer, and a text by itself has none: give it in characters (150c) or words (30w).");
            case { Unit: LengthUnit.Characters } when minimum.Value.Value < guarantee:
                throw new ReciteException(
                    $"A minimum of {minimum} is below the index's guarantee of {guarantee} normalized bytes, so matches could be missed: ask for {guarantee}c or more, or build with --guarantee {Math.Max(Sampling.SamplingPlan.SmallestGuarantee, minimum.Value.Value)}.");
        }
    }

    private static bool IsLongEnough(NormalizedText input, TextSpan span, TextLength? minimum) => minimum switch
    {
        null => true,
        { Unit: LengthUnit.Words } => input.CountWords(input.TrimToWords(span)) >= minimum.Value.Value,
        _ => input.CountCharacters(span) >= minimum.Value.Value,
    };

    private ReportedMatch Report(NormalizedText input, PlacedSpan placed, int maxSources)
    {
        TextSpan original = input.ToOriginalInside(placed.Span);
        return new ReportedMatch
        {
            Start = original.Start,
            End = original.End,
            Normalized = placed.Span,
            Words = input.CountWords(placed.Span),
            Characters = input.CountCharacters(placed.Span),
            Occurrences = _documents.Count(placed.Occurrences.Places),
            OccurrencesAreExact = placed.Occurrences.AreExact,
            Sources = Sources(placed.Occurrences, input.Bytes.Span[placed.Span.Start..placed.Span.End], maxSources),
        };
    }

    private List<MatchSource> Sources(Occurrences occurrences, ReadOnlySpan<byte> normalized, int maxSources)
    {
        var sources = new List<MatchSource>();
        int words = WordBreaker.CountWords(normalized);
        foreach (PlacedDocumentNumber found in _documents.First(occurrences.Places, maxSources))
        {
            SegmentReader segment = index.Segments[found.Place.Segment];
            (long start, long end) = segment.ToOriginal(segment[found.Row], found.Place.Position, found.Place.Position + normalized.Length);
            DocumentEntry document = index.GetDocument(found.Document);
            sources.Add(new MatchSource(found.Document, document.Id, document.Uri, start, end, words));
        }

        return sources;
    }
}
