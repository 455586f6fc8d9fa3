using Recite.Testing.Text;

namespace Recite.Testing.Matching;

/// <summary>A document as the scanning oracle holds it: normalized by the oracle's own normalizer.</summary>
public sealed record ScannedDocument(string Id, byte[] Normalized);

/// <summary>A match the scanning oracle expects: span and text in the normalized query, and every place in the corpus.</summary>
/// <param name="Start">First normalized byte of the query.</param>
/// <param name="End">One past the last.</param>
/// <param name="Places">Documents (by ordinal) and normalized offsets, in document order.</param>
public sealed record ScannedMatch(int Start, int End, IReadOnlyList<(int Document, int Offset)> Places);

/// <summary>
/// The definition of a match for corpora too large for the quadratic oracle (NaiveMatcher): one scan over every byte of the corpus for
/// the spans, one for their places. No index, no sampling, nothing shared with the product; a test holds it against the
/// quadratic oracle.
/// </summary>
public sealed class ScanOracle(IReadOnlyList<ScannedDocument> corpus, int guarantee)
{
    /// <summary>Spans whose trimmed text is shorter than this have no places looked up: their list is empty.</summary>
    public const int ShortestCounted = 24;

    public IReadOnlyList<IReadOnlyList<ScannedMatch>> Match(IReadOnlyList<byte[]> queries)
    {
        HashSet<(int Start, int End)>[] maximal = FindMaximal(queries);
        var trimmed = new List<(int Query, int Start, int End)>();
        for (int query = 0; query < queries.Count; query++)
        {
            List<(int Start, int End)> words = SlowNormalizer.FindWords(queries[query]);
            trimmed.AddRange(maximal[query].Select(span => Trim(span, words)).Distinct().Select(span => (query, span.Start, span.End)));
        }

        List<(int Document, int Offset)>[] places = FindPlaces(queries, trimmed);
        var found = trimmed.Select((span, i) => (span.Query, Match: new ScannedMatch(span.Start, span.End, places[i])));
        ILookup<int, ScannedMatch> byQuery = found.ToLookup(pair => pair.Query, pair => pair.Match);
        return [.. queries.Select((_, query) => Reduce([.. byQuery[query]]))];
    }

    private HashSet<(int, int)>[] FindMaximal(IReadOnlyList<byte[]> queries)
    {
        var grams = new GramTable(guarantee);
        for (int query = 0; query < queries.Count; query++)
        {
            for (int position = 0; position + guarantee <= queries[query].Length; position++)
                grams.Add(queries[query].AsSpan(position, guarantee), (query, position));
        }

        var spans = new HashSet<(int, int)>[queries.Count];
        for (int query = 0; query < spans.Length; query++)
            spans[query] = [];
        foreach (ScannedDocument document in corpus)
        {
            byte[] text = document.Normalized;
            foreach ((int at, (int query, int position)) in grams.Scan(text))
            {
                byte[] asked = queries[query];

                // A maximal match is met at its first byte; anywhere later in it the byte before is equal too.
                if (position > 0 && at > 0 && asked[position - 1] == text[at - 1])
                    continue;
                int length = asked.AsSpan(position).CommonPrefixLength(text.AsSpan(at));
                if (length >= guarantee)
                    spans[query].Add((position, position + length));
            }
        }

        return spans;
    }

    private List<(int, int)>[] FindPlaces(IReadOnlyList<byte[]> queries, List<(int Query, int Start, int End)> wanted)
    {
        var places = new List<(int, int)>[wanted.Count];
        var grams = new GramTable(ShortestCounted);
        for (int i = 0; i < wanted.Count; i++)
        {
            places[i] = [];
            (int query, int start, int end) = wanted[i];
            if (end - start >= ShortestCounted)
                grams.Add(queries[query].AsSpan(start, ShortestCounted), (i, start));
        }

        for (int document = 0; document < corpus.Count; document++)
        {
            byte[] text = corpus[document].Normalized;
            foreach ((int at, (int i, _)) in grams.Scan(text))
            {
                ReadOnlySpan<byte> span = queries[wanted[i].Query].AsSpan(wanted[i].Start, wanted[i].End - wanted[i].Start);
                if (text.AsSpan(at).StartsWith(span))
                    places[i].Add((document, at));
            }
        }

        return places;
    }

    private static (int Start, int End) Trim((int Start, int End) span, List<(int Start, int End)> words)
    {
        (int Start, int End)[] whole = [.. words.Where(word => word.Start >= span.Start && word.End <= span.End)];
        return whole.Length > 0 ? (whole[0].Start, whole[^1].End) : span;
    }

    private static ScannedMatch[] Reduce(ScannedMatch[] matches) =>
    [
        .. matches
            .Where(shorter => !Array.Exists(matches, longer => longer != shorter && longer.Start <= shorter.Start && longer.End >= shorter.End && StandsOnlyInside(shorter, longer)))
            .OrderBy(match => match.Start).ThenByDescending(match => match.End),
    ];

    private static bool StandsOnlyInside(ScannedMatch shorter, ScannedMatch longer)
    {
        int slack = longer.End - longer.Start - (shorter.End - shorter.Start);
        var covers = longer.Places.ToHashSet();
        return shorter.Places.Count > 0 && shorter.Places.All(place =>
            Enumerable.Range(0, slack + 1).Any(back => covers.Contains((place.Document, place.Offset - back))));
    }
}
