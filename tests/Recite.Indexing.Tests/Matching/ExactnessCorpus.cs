using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Testing.Matching;
using Recite.Testing.Text;

namespace Recite.Indexing.Tests.Matching;

/// <summary>Documents with a suffix array over their text, and queries cut from them; normalized by the oracles and not by the product.</summary>
internal sealed class ExactnessCorpus
{
    private const int QueryCharacters = 2000;
    private const int RandomSeed = 20_261_124;

    private readonly byte[][] _normalized;
    private readonly long[] _starts;
    private readonly SuffixArrayOracle _oracle;

    /// <param name="texts">The documents.</param>
    /// <param name="sort">Makes a suffix array.</param>
    /// <param name="queries">How many queries; a third of each kind.</param>
    public ExactnessCorpus(IReadOnlyList<string> texts, Func<byte[], int[]> sort, int queries)
    {
        Texts = texts;
        _normalized = [.. texts.AsParallel().AsOrdered().Select(OracleNormalizer.Normalize)];
        _starts = new long[texts.Count];
        for (int i = 1; i < texts.Count; i++)
            _starts[i] = _starts[i - 1] + _normalized[i - 1].Length + 1;
        byte[] joined = SuffixArrayOracle.Join(_normalized);
        _oracle = new SuffixArrayOracle(joined, sort(joined));
        Queries = [.. Draw(texts, queries)];
        NormalizedQueries = [.. Queries.AsParallel().AsOrdered().Select(OracleNormalizer.Normalize)];
    }

    public IReadOnlyList<string> Texts { get; }

    public IReadOnlyList<string> Queries { get; }

    public IReadOnlyList<byte[]> NormalizedQueries { get; }

    /// <summary>The spans of every query, in lines that compare and read well.</summary>
    public string[] Expected(int guarantee) =>
        [.. NormalizedQueries.AsParallel().AsOrdered().SelectMany((query, i) => _oracle.MaximalSpans(query, guarantee).Order().Select(span => $"{i}: {span.Start}-{span.End}").ToArray())];

    /// <summary>Those of them that lie in no other.</summary>
    public string[] ExpectedOutermost(int guarantee) =>
        [.. NormalizedQueries.AsParallel().AsOrdered().SelectMany((query, i) => Outermost.Of(_oracle.MaximalSpans(query, guarantee)).Select(span => $"{i}: {span.Start}-{span.End}").ToArray())];

    public static string[] FoundOutermost(CorpusIndex index, IReadOnlyList<byte[]> queries)
    {
        var matcher = new Matcher(index);
        return [.. queries.SelectMany((query, i) => matcher.FindOutermostSpans(query, TestContext.Current.CancellationToken).Select(span => $"{i}: {span.Start}-{span.End}"))];
    }

    public static string[] Found(CorpusIndex index, IReadOnlyList<byte[]> queries)
    {
        var matcher = new Matcher(index);
        return [.. queries.SelectMany((query, i) => matcher.FindMaximalSpans(query, TestContext.Current.CancellationToken).Select(span => $"{i}: {span.Start}-{span.End}"))];
    }

    /// <summary>Every place that is reported for every query: it holds the span's text, it is all of them, and in document order.</summary>
    /// <returns>How many places were compared.</returns>
    public int CheckPlaces(CorpusIndex index, int maxSources)
    {
        var matcher = new Matcher(index);
        int compared = 0;
        for (int i = 0; i < Queries.Count; i++)
        {
            MatchResult result = matcher.Match(
                index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(Queries[i])), new MatchOptions { MaxSources = maxSources }, TestContext.Current.CancellationToken);
            foreach (ReportedMatch match in result.Matches)
            {
                byte[] piece = NormalizedQueries[i][match.Normalized.Start..match.Normalized.End];
                int[] places = _oracle.Places(piece);
                if (match.OccurrencesAreExact)
                {
                    Assert.Equal(places.Length, match.Occurrences);
                    Assert.Equal(places.Take(maxSources).Select(DocumentAt), match.Sources.Select(source => (int)source.Document));
                }

                foreach (MatchSource source in match.Sources)
                {
                    string text = Encoding.UTF8.GetString(index.ReadText(source.Document, source.Start, (int)(source.End - source.Start)));
                    Assert.True(OracleNormalizer.Normalize(text).AsSpan().IndexOf(piece.AsSpan().Trim((byte)' ')) >= 0, $"query {i}: '{text}' is no place of the match");
                    Assert.Equal($"d{source.Document}", source.Id);
                    compared++;
                }
            }
        }

        return compared;
    }

    private int DocumentAt(int place)
    {
        int found = Array.BinarySearch(_starts, place);
        return found >= 0 ? found : ~found - 1;
    }

    // A third verbatim, a third of pieces from several documents with other words between them, a third with every few words changed.
    private static IEnumerable<string> Draw(IReadOnlyList<string> texts, int queries)
    {
        var random = new Random(RandomSeed);
        string[] candidates = [.. texts.Where(text => text.Length > QueryCharacters)];
        return Enumerable.Range(0, queries).Select(i => (i % 3) switch
        {
            0 => Cut(candidates, QueryCharacters, random),
            1 => string.Concat(Enumerable.Range(0, 8).Select(j => Cut(candidates, random.Next(30, 500), random) + $" quux{i}x{j} ")),
            _ => Change(Cut(candidates, QueryCharacters, random), random),
        });
    }

    private static string Cut(string[] texts, int length, Random random)
    {
        string text = texts[random.Next(texts.Length)];
        int start = random.Next(text.Length - length);
        if (char.IsLowSurrogate(text[start]))
            start++;
        return text.Substring(start, char.IsHighSurrogate(text[start + length - 1]) ? length - 1 : length);
    }

    private static string Change(string text, Random random) =>
        string.Join(' ', text.Split(' ').Select(word => random.Next(25) == 0 ? $"zq{random.Next(100)}" : word));
}
