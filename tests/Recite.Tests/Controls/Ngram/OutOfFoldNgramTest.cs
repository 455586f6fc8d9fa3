using Recite.Controls.Ngram;
using Recite.Indexing.Corpora;
using Recite.Tests.Fakes;

namespace Recite.Tests.Controls.Ngram;

public sealed class OutOfFoldNgramTest
{
    private static readonly string[] s_texts = [.. Enumerable.Range(0, 30).Select(i => RandomText.Make((ulong)i, 60))];

    [Fact]
    public void Documents_that_share_a_span_of_the_guarantee_are_left_out_together()
    {
        string passage = RandomText.Make(500, 12);
        using var audit = new SmallAudit([.. s_texts, RandomText.Make(600, 40) + passage, passage + RandomText.Make(601, 40)]);
        using OutOfFoldNgram model = Build(audit.Index);
        Assert.Equal(10, model.FoldCount);
        Assert.Equal(model.FoldOf(30), model.FoldOf(31));
        Assert.True(Enumerable.Range(0, 30).Select(i => model.FoldOf(i)).Distinct().Count() > 5);
    }

    [Fact]
    public void A_document_is_scored_as_if_its_fold_had_never_been_counted()
    {
        using var audit = new SmallAudit(s_texts);
        using OutOfFoldNgram model = Build(audit.Index);
        int fold = model.FoldOf(3);
        using var rest = new SmallAudit(s_texts.Where((_, i) => model.FoldOf(i) != fold));
        using OutOfFoldNgram other = Build(rest.Index);
        string[] words = s_texts[3].Split(' ');
        (string before, string text) = (string.Join(' ', words[..20]) + " ", string.Join(' ', words[20..30]));
        double expected = other.LogProbability(before, text, -1)!.Value;
        Assert.Equal(expected, model.LogProbability(before, text, 3)!.Value, 1e-9);
        Assert.True(model.LogProbability(before, text, -1) > expected + 20);
    }

    [Fact]
    public void Nothing_is_scored_where_the_rest_of_the_corpus_is_too_small()
    {
        // Nine tenths of the corpus are one cluster.
        string shared = RandomText.Make(700, 12);
        using var audit = new SmallAudit([.. s_texts[..27].Select(t => shared + t), .. s_texts[27..]]);
        using OutOfFoldNgram model = Build(audit.Index);
        Assert.Null(model.LogProbability("", s_texts[0], 0));
        Assert.NotNull(model.LogProbability("", s_texts[28], 28));
    }

    [Fact]
    public void A_corpus_that_is_one_cluster_has_a_single_fold()
    {
        string shared = RandomText.Make(700, 12);
        using var audit = new SmallAudit(s_texts.Select(t => shared + t));
        using OutOfFoldNgram model = Build(audit.Index);
        Assert.Equal(1, model.FoldCount);
        Assert.Null(model.LogProbability("", s_texts[0], 0));
    }

    [Fact]
    public void Of_a_large_corpus_a_draw_is_counted_and_the_report_says_so()
    {
        using var audit = new SmallAudit([.. s_texts, .. s_texts]);
        long bytes = audit.Index.Manifest.Bytes / 2;
        using OutOfFoldNgram model = OutOfFoldNgram.Build(audit.Index, null, new NgramOptions { MostBytes = bytes, Seed = 1 }, TestContext.Current.CancellationToken);
        Assert.Contains("of 60 documents, drawn at random", Assert.Single(model.Notes), StringComparison.Ordinal);

        // Of each text one copy or the other or none was counted, and the copies share a fold whichever it was.
        for (int i = 0; i < 30; i++)
        {
            if (model.FoldOf(i) != NgramModel.NoFold)
                Assert.Equal(model.FoldOf(i), model.FoldOf(i + 30));
        }
    }

    [Fact]
    public void The_temporary_folder_is_removed()
    {
        using var audit = new SmallAudit(s_texts);
        OutOfFoldNgram model = Build(audit.Index);
        Assert.True(Directory.Exists(model.FolderPath));
        model.Dispose();
        Assert.False(Directory.Exists(model.FolderPath));
    }

    [Fact]
    public void Little_memory_gives_the_same_probabilities()
    {
        using var audit = new SmallAudit(s_texts);
        using OutOfFoldNgram roomy = Build(audit.Index);
        using OutOfFoldNgram narrow = OutOfFoldNgram.Build(audit.Index, null, new NgramOptions { Seed = 1, MemoryBytes = 32 * 100 }, TestContext.Current.CancellationToken);
        for (int i = 0; i < s_texts.Length; i++)
            Assert.Equal(roomy.LogProbability("", s_texts[i], i), narrow.LogProbability("", s_texts[i], i));
    }

    [Theory]
    [InlineData("zxqjv 漢字 ﷺ 🦊")]
    [InlineData("the")]
    public void Every_text_has_a_probability(string text)
    {
        using var audit = new SmallAudit(s_texts);
        using OutOfFoldNgram model = Build(audit.Index);
        double logarithm = model.LogProbability("what was never said before ", text, -1)!.Value;
        Assert.True(double.IsFinite(logarithm) && logarithm < 0);
    }

    private static OutOfFoldNgram Build(CorpusIndex index) => OutOfFoldNgram.Build(index, null, new NgramOptions { Seed = 1 }, TestContext.Current.CancellationToken);
}
