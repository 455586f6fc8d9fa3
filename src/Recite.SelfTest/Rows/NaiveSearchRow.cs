using System.Globalization;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;
using Recite.Probes;
using Recite.SelfTest.Oracles;

namespace Recite.SelfTest.Rows;

/// <summary>Finds the matches of a query, with every place of each.</summary>
/// <param name="index">The corpus.</param>
/// <param name="query">Any bytes.</param>
/// <param name="cancellationToken">Stops the search.</param>
public delegate IReadOnlyList<ReportedMatch> MatchEstimator(CorpusIndex index, ReadOnlyMemory<byte> query, CancellationToken cancellationToken);

/// <summary>
/// T10: the index gives what <see cref="NaiveMatcher"/> gives, which compares every position with every position, over small corpora of
/// every profile. Spans, sources and numbers of occurrences must be equal.
/// </summary>
/// <param name="match">What is tested; the product's matcher if <see langword="null"/>.</param>
/// <param name="queries">How many queries are asked.</param>
public sealed class NaiveSearchRow(MatchEstimator? match = null, int queries = 100_000) : ISelfTestRow
{
    private const int QueriesPerCorpus = 180;
    private static readonly int[] s_guarantees = [30, 31, 32, 40, 48, 64];

    private readonly MatchEstimator _match = match ?? FindAll;

    /// <inheritdoc/>
    public string Id => "T10";

    /// <inheritdoc/>
    public string Bar => string.Create(CultureInfo.InvariantCulture, $"{queries:#,0} queries, 0 differences between index and naive search");

    /// <inheritdoc/>
    public async Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        int corpora = (queries + QueriesPerCorpus - 1) / QueriesPerCorpus;
        var tally = new SearchTally();
        await Parallel.ForAsync(0, corpora, cancellationToken, async (i, stop) =>
        {
            int count = Math.Min(QueriesPerCorpus, queries - (i * QueriesPerCorpus));
            await CompareAsync(i, count, context, tally, stop);
        });
        return tally.Measure(corpora);
    }

    private async Task CompareAsync(int number, int count, SelfTestContext context, SearchTally tally, CancellationToken cancellationToken)
    {
        SeededRandom random = SeededRandom.For(context.Seed, string.Create(CultureInfo.InvariantCulture, $"T10 {number}"));
        var writer = new GlyphWriter(random);
        IReadOnlyList<Glyph[]> texts = writer.DrawCorpus();
        bool exact = number % 3 == 2;
        CorpusBuildOptions options = new()
        {
            Guarantee = s_guarantees[number % s_guarantees.Length],
            Normalization = exact ? "exact" : "text",
            Store = random.Below(2) == 0 ? TextStore.Zstd : TextStore.Raw,
            Threads = 1,
        };
        OracleText[] corpus = [.. texts.Select((text, i) => Read(Name(i), text, exact))];
        string path = Path.Combine(context.Scratch, string.Create(CultureInfo.InvariantCulture, $"t10-{number}.rix"));
        IEnumerable<Document> documents = texts.Select((text, i) => new Document(Name(i), Name(i), Glyph.Write(text)));
        await CorpusBuilder.BuildAsync(documents.ToAsyncEnumerable(), path, options, progress: null, cancellationToken);
        using (CorpusIndex index = CorpusIndex.Open(path))
        {
            for (int i = 0; i < count; i++)
            {
                int shape = i % GlyphWriter.Shapes.Count;
                Glyph[] query = writer.DrawQuery(shape, texts);
                string expected = Describe(NaiveMatcher.Match(Read("query", query, exact), corpus, options.Guarantee));
                string actual = Describe(_match(index, Glyph.Write(query), cancellationToken));
                tally.Add(shape, expected, actual, number);
            }
        }

        Directory.Delete(path, recursive: true);
    }

    private static List<ReportedMatch> FindAll(CorpusIndex index, ReadOnlyMemory<byte> query, CancellationToken cancellationToken) =>
        [.. new Matcher(index).Match(index.Normalizer.NormalizeWithMap(query), new MatchOptions { MaxSources = int.MaxValue }, cancellationToken).Matches];

    private static OracleText Read(string id, Glyph[] text, bool exact) => exact ? Glyph.ToExactText(id, text) : Glyph.ToText(id, text);

    private static string Name(int document) => string.Create(CultureInfo.InvariantCulture, $"d{document}");

    private static string Describe(IEnumerable<OracleMatch> matches) => string.Join("; ", matches.Select(match => string.Create(
        CultureInfo.InvariantCulture,
        $"{match.Start}-{match.End} x{match.Occurrences} {string.Join(' ', match.Sources.Select(source => $"{source.Document}:{source.Start}-{source.End}"))}")));

    private static string Describe(IEnumerable<ReportedMatch> matches) => string.Join("; ", matches.Select(match => string.Create(
        CultureInfo.InvariantCulture,
        $"{match.Start}-{match.End} x{match.Occurrences} {string.Join(' ', match.Sources.Select(source => $"{source.Id}:{source.Start}-{source.End}"))}")));
}
