using System.Text;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Tests.Segments;

/// <summary>Documents of many blocks: matches that span blocks, and offsets behind text that shrinks and grows when normalized.</summary>
public sealed class LargeDocumentTest
{
    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void A_match_across_many_blocks_is_one_span_with_true_offsets(TextStore store)
    {
        string text = Mixed(60_000);
        using SmallCorpus corpus = SmallCorpus.Build(["A short one first. ", text], SmallCorpus.Options(64, store));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(bytes.Length > 5 * SegmentPlan.BlockBytes);

        int from = corpus.Index.Normalizer.FindCut(bytes, SegmentPlan.BlockBytes / 2);
        int to = corpus.Index.Normalizer.FindCut(bytes, (4 * SegmentPlan.BlockBytes) + 777);
        string excerpt = Encoding.UTF8.GetString(bytes[from..to]);
        ReportedMatch match = Assert.Single(corpus.Match(excerpt).Matches);
        Assert.True(match.End - match.Start > to - from - 64);

        MatchSource source = Assert.Single(match.Sources);
        Assert.Equal("d1", source.Id);
        byte[] slice = corpus.Index.ReadText(source.Document, source.Start, (int)(source.End - source.Start));
        Assert.Equal(Normalized(corpus, Encoding.UTF8.GetBytes(excerpt)[match.Start..match.End]), Normalized(corpus, slice));
        Assert.Equal(bytes[(int)source.Start..(int)source.End], slice);
    }

    [Fact]
    public void Both_stores_hold_the_same_normalized_text()
    {
        string[] texts = [Mixed(30_000), "", Mixed(200), "\u00AD", Mixed(15_000)];
        using SmallCorpus zstd = SmallCorpus.Build(texts, SmallCorpus.Options(64));
        using SmallCorpus raw = SmallCorpus.Build(texts, SmallCorpus.Options(64, TextStore.Raw));
        NormalizedReader a = Assert.Single(zstd.Index.Segments).Normalized;
        NormalizedReader b = Assert.Single(raw.Index.Segments).Normalized;
        Assert.Equal(a.Length, b.Length);
        for (long position = 0; position < a.Length;)
        {
            NormalizedChunk chunk = a.ChunkAt(position);
            Assert.Equal(chunk.Bytes.Length, b.CommonForward(chunk.Start, chunk.Bytes));
            position = chunk.Start + chunk.Bytes.Length;
        }
    }

    private static byte[] Normalized(SmallCorpus corpus, byte[] text) => corpus.Index.Normalizer.NormalizeWithMap(text).Bytes.ToArray();

    // Numbers make every stretch unique; ligatures grow, decomposed letters and separators shrink.
    private static string Mixed(int words)
    {
        var text = new StringBuilder();
        for (int i = 0; i < words; i++)
            text.Append(i * 7919L % 1_000_003).Append(i % 5 == 0 ? " ﬁre, e\u0301te\u0301 -- " : i % 7 == 0 ? " 漢字かな " : "\u00AD word ");
        return text.ToString();
    }
}
