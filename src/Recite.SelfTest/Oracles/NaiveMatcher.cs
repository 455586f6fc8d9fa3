namespace Recite.SelfTest.Oracles;

/// <summary>A place that the oracle found.</summary>
/// <param name="Document">The document's id.</param>
/// <param name="Start">First byte of the original document.</param>
/// <param name="End">One past the last.</param>
public sealed record OracleSource(string Document, int Start, int End);

/// <summary>A match that the oracle reports; spans count bytes of the original texts.</summary>
/// <param name="Start">First byte of the original query.</param>
/// <param name="End">One past the last.</param>
/// <param name="Words">Words inside the span.</param>
/// <param name="Characters">Points of normalized text inside the span.</param>
/// <param name="Occurrences">All places of the span's normalized text, overlapping ones included.</param>
/// <param name="Sources">Those places, in document order.</param>
public sealed record OracleMatch(int Start, int End, int Words, int Characters, int Occurrences, IReadOnlyList<OracleSource> Sources);

/// <summary>
/// The definition of a match, written down without any thought of speed: compares every position of the query with every
/// position of every document. Quadratic; for small texts.
/// </summary>
public static class NaiveMatcher
{
    /// <summary>Every match of a query: maximal spans of at least <paramref name="guarantee"/> normalized bytes, trimmed to words, without those that stand only inside longer ones.</summary>
    public static IReadOnlyList<OracleMatch> Match(OracleText query, IReadOnlyList<OracleText> corpus, int guarantee)
    {
        HashSet<(int Start, int End)> trimmed = [.. MaximalSpans(query.Bytes, corpus, guarantee).Select(span => TrimToWords(query, span))];
        var placed = trimmed.Where(span => span.End > span.Start).ToDictionary(span => span, span => Places(query, span, corpus));
        return
        [
            .. placed
                .Where(shorter => !placed.Any(longer => IsInside(shorter.Key, longer.Key) && StandsOnlyInside(shorter.Key, shorter.Value, longer.Key, longer.Value)))
                .OrderBy(span => span.Key.Start).ThenByDescending(span => span.Key.End)
                .Select(span => Report(query, span.Key, span.Value, corpus)),
        ];
    }

    /// <summary>All spans of the query that equal a stretch of one document and cannot be made longer on either side there.</summary>
    public static HashSet<(int Start, int End)> MaximalSpans(byte[] query, IReadOnlyList<OracleText> corpus, int guarantee)
    {
        HashSet<(int, int)> spans = [];
        foreach (OracleText document in corpus)
        {
            byte[] text = document.Bytes;
            for (int i = 0; i < query.Length; i++)
            {
                for (int j = 0; j < text.Length; j++)
                {
                    if (i > 0 && j > 0 && query[i - 1] == text[j - 1])
                        continue;
                    int length = 0;
                    while (i + length < query.Length && j + length < text.Length && query[i + length] == text[j + length])
                        length++;
                    if (length >= guarantee)
                        spans.Add((i, i + length));
                }
            }
        }

        return spans;
    }

    private static (int Start, int End) TrimToWords(OracleText query, (int Start, int End) span)
    {
        // Whole words: all points of the word lie inside the span.
        int[] cut = [.. query.Points.Where(point => point.Word >= 0 && (point.Start < span.Start || point.End > span.End)).Select(point => point.Word).Distinct()];
        OraclePoint[] whole = [.. query.Points.Where(point => point.Word >= 0 && point.Start >= span.Start && point.End <= span.End && !cut.Contains(point.Word))];
        if (whole.Length > 0)
            return (whole[0].Start, whole[^1].End);

        OraclePoint[] inside = [.. query.Points.Where(point => point.Start >= span.Start && point.End <= span.End)];
        return inside.Length > 0 ? (inside[0].Start, inside[^1].End) : (span.Start, span.Start);
    }

    private static List<(int Document, int Start)> Places(OracleText query, (int Start, int End) span, IReadOnlyList<OracleText> corpus)
    {
        byte[] text = query.Bytes[span.Start..span.End];
        List<(int, int)> places = [];
        for (int document = 0; document < corpus.Count; document++)
        {
            for (int start = 0; start + text.Length <= corpus[document].Bytes.Length; start++)
            {
                if (corpus[document].Bytes.AsSpan(start, text.Length).SequenceEqual(text))
                    places.Add((document, start));
            }
        }

        return places;
    }

    private static bool IsInside((int Start, int End) shorter, (int Start, int End) longer) =>
        shorter != longer && shorter.Start >= longer.Start && shorter.End <= longer.End;

    private static bool StandsOnlyInside(
        (int Start, int End) shorter, List<(int Document, int Start)> places, (int Start, int End) longer, List<(int Document, int Start)> covers)
    {
        int shortLength = shorter.End - shorter.Start;
        int longLength = longer.End - longer.Start;
        return places.All(place => covers.Any(cover =>
            cover.Document == place.Document && cover.Start <= place.Start && place.Start + shortLength <= cover.Start + longLength));
    }

    private static OracleMatch Report(OracleText query, (int Start, int End) span, List<(int Document, int Start)> places, IReadOnlyList<OracleText> corpus)
    {
        OraclePoint[] points = [.. query.Points.Where(point => point.Start >= span.Start && point.End <= span.End)];
        int length = span.End - span.Start;
        return new OracleMatch(
            points[0].SourceStart,
            points[^1].SourceEnd,
            points.Where(point => point.Word >= 0).Select(point => point.Word).Distinct().Count(),
            points.Length,
            places.Count,
            [.. places.Select(place => Source(corpus[place.Document], place.Start, place.Start + length))]);
    }

    private static OracleSource Source(OracleText document, int start, int end)
    {
        OraclePoint[] points = [.. document.Points.Where(point => point.End > start && point.Start < end)];
        return new OracleSource(document.Id, points[0].SourceStart, points[^1].SourceEnd);
    }
}
