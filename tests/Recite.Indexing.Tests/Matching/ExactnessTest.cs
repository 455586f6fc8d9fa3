using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;
using Recite.Testing.Files;
using Recite.Testing.Matching;

namespace Recite.Indexing.Tests.Matching;

/// <summary>
/// The engine's spans are a suffix array's: none missing, none extra, every reported place right, and the same for every number of
/// workers, size of segments, memory, store and order of documents.
/// </summary>
public sealed class ExactnessTest
{
    private const int MaxSources = 50;
    private static readonly int[] Guarantees = [32, 64, 128, 200];

    [Fact]
    public void Equals_a_suffix_array_on_made_up_text_with_boilerplate()
    {
        var corpus = new ExactnessCorpus(ProceduralText.Make(documents: 40, seed: 5), SuffixArray.ByDoubling, queries: 15);
        Check(corpus, mostSegmentBytes: 20_000);
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("prose-30M")]
    [InlineData("code-30M")]
    [InlineData("html-30M")]
    [InlineData("languages-30M")]
    public void Equals_libdivsufsort_on_30_MB_of_real_text(string size)
    {
        string[] texts = [.. CorpusFile.Read(CorpusFile.Fetch(size)).Select(document => document.Text)];
        var corpus = new ExactnessCorpus(texts, SuffixArray.ByLibdivsufsort, queries: 300);
        Check(corpus, mostSegmentBytes: 3_000_000);
    }

    private static void Check(ExactnessCorpus corpus, long mostSegmentBytes)
    {
        using var folder = new TemporaryFolder();
        foreach (int guarantee in Guarantees)
        {
            string[] expected = corpus.Expected(guarantee);
            string[] outermost = corpus.ExpectedOutermost(guarantee);
            Assert.True(expected.Length > corpus.Queries.Count / 2, $"only {expected.Length} spans at {guarantee}: this proves nothing");
            foreach ((string how, CorpusBuildOptions options, IEnumerable<int> order) in Variants(corpus, guarantee, mostSegmentBytes))
            {
                using CorpusIndex index = Build(folder.At("corpus.rix"), corpus, options, order);
                AssertSame(expected, ExactnessCorpus.Found(index, corpus.NormalizedQueries), $"g = {guarantee}, {how}");
                AssertSame(outermost, ExactnessCorpus.FoundOutermost(index, corpus.NormalizedQueries), $"outermost, g = {guarantee}, {how}");
            }

            using CorpusIndex plain = Build(folder.At("corpus.rix"), corpus, new CorpusBuildOptions { Guarantee = guarantee }, InOrder(corpus));
            Assert.True(corpus.CheckPlaces(plain, MaxSources) > corpus.Queries.Count / 2, "hardly a place was reported");
        }
    }

    private static IEnumerable<(string How, CorpusBuildOptions Options, IEnumerable<int> Order)> Variants(ExactnessCorpus corpus, int guarantee, long segmentBytes)
    {
        var plain = new CorpusBuildOptions { Guarantee = guarantee };
        var random = new Random(guarantee);
        int[] shuffled = [.. InOrder(corpus)];
        random.Shuffle(shuffled);
        yield return ("one worker, raw", plain with { Threads = 1, Store = TextStore.Raw }, InOrder(corpus));
        yield return ("many workers, small segments", plain with { Threads = 7, ForcedSegmentBytes = segmentBytes }, InOrder(corpus));
        yield return ("least memory, raw", plain with { Threads = 2, Store = TextStore.Raw, MemoryBytes = CorpusBuildOptions.LeastMemoryBytes }, InOrder(corpus));
        yield return ("backwards", plain, InOrder(corpus).Reverse());
        yield return ("shuffled, smaller segments, raw", plain with { Threads = 3, Store = TextStore.Raw, ForcedSegmentBytes = segmentBytes / 3 }, shuffled);
    }

    private static IEnumerable<int> InOrder(ExactnessCorpus corpus) => Enumerable.Range(0, corpus.Texts.Count);

    private static CorpusIndex Build(string path, ExactnessCorpus corpus, CorpusBuildOptions options, IEnumerable<int> order)
    {
        IEnumerable<Document> documents = order.Select(i => new Document($"d{i}", $"file:d{i}", Encoding.UTF8.GetBytes(corpus.Texts[i])));
        CorpusBuilder.BuildAsync(documents.ToAsyncEnumerable(), path, options, null, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return CorpusIndex.Open(path);
    }

    // Thousands of lines: only what differs is worth reading.
    private static void AssertSame(string[] expected, string[] found, string how)
    {
        string[] missing = [.. expected.Except(found, StringComparer.Ordinal)];
        string[] extra = [.. found.Except(expected, StringComparer.Ordinal)];
        Assert.True(missing.Length == 0 && extra.Length == 0 && expected.Length == found.Length,
            $"{how}: of {expected.Length} spans {missing.Length} are missing ({string.Join(", ", missing.Take(3))}), {extra.Length} are too many ({string.Join(", ", extra.Take(3))})");
    }
}
