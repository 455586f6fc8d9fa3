using System.Text;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Segments;

/// <summary>Normalized bytes of an index are mapped back as the map of their whole document says, with little normalized again.</summary>
public sealed class OriginalPlacesTest
{
    private static readonly string[] s_pieces =
    [
        "The lamp was lit at nine. ", "ﬁre, e\u0301te\u0301 -- ", "漢字かな", "exam-\nple and soft\u00AD\r\n  ly ", "\u200B\u200D", "Straße CAFÉ! ", "한글 ", "\u1112\u1161\u11AB",
        "a\u0323\u0301\u0345 ", "...", "\n\n\t", "Ёлка и ёлка ", "½ ㎢ ﷺ ", "𝔘𝔫𝔦 ", "\uFEFF", "1990-\n1995 ",
    ];

    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void Random_texts_are_mapped_as_the_whole_document_is(TextStore store) =>
        Check("text", store, [Mixed(1, 6_000), "", "short", Mixed(2, 45_000), "\u00AD", Mixed(3, 300), Mixed(4, 5_000), "...", Mixed(5, 4_200)]);

    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void Texts_are_mapped_where_no_cut_comes_for_long(TextStore store) =>
        Check("text", store,
        [
            "word" + new string('.', 9_000) + "word " + new string('-', 40_000) + " end",
            "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 4_000)) + " tail",
            string.Concat(Enumerable.Repeat("\u0915\u093F", 100)) + string.Concat(Enumerable.Repeat(" \u0301", 9_000)) + "x",
            "z" + string.Concat(Enumerable.Repeat("\u200B", 6_000)) + "z" + string.Concat(Enumerable.Repeat("\u1161", 5_000)) + "\u200B",
            string.Concat(Enumerable.Repeat("\u200B", 6_000)) + "begin",
            string.Concat(Enumerable.Repeat("\u200B", 6_000)),
            new string(' ', 6_000) + "exam-" + "\n" + new string(' ', 6_000) + "ple",
        ]);

    [Fact]
    public void Exact_text_is_mapped() => Check("exact", TextStore.Zstd, [Mixed(6, 20_000), new string(' ', 10_000)]);

    [Theory]
    [InlineData("code")]
    [InlineData("code-renamed")]
    public void Code_is_mapped_with_what_vanishes_behind_it(string profile)
    {
        var file = new StringBuilder();
        for (int i = 0; i < 500; i++)
        {
            file.Append(i % 7 == 0 ? "\n\n/* what follows\n is " + i + " */\n" : "").Append("    if (value_" + i + " < 'a') { call(x, \"text // no\"); } // why\n");
            if (i % 100 == 50)
                file.Append("// " + new string('=', 5_000) + "\n");
        }

        Check(profile, TextStore.Zstd, [file.ToString(), "/* " + new string('*', 9_000) + " */ x = 1;"]);
    }

    [Fact]
    public void A_line_of_code_without_end_is_mapped_in_stretches()
    {
        string line = string.Concat(Enumerable.Range(0, 1_200).Select(i => $"var a{i}=f({i},\"s\");"));
        Check("code", TextStore.Raw, [line, line + " go(\"http://x\"); " + line + new string(' ', 5_000) + "x", new string('w', 5_000) + " (" + new string('w', 20_000)]);
    }

    [Fact]
    public void Check_points_cost_less_than_a_five_hundredth_of_the_text()
    {
        string text = Mixed(7, 200_000);
        using SmallCorpus corpus = SmallCorpus.Build([text], SmallCorpus.Options(64, TextStore.Raw));
        ManifestSegment segment = Assert.Single(corpus.Index.Manifest.Segments);
        long stored = segment.Parts.Single(part => part.Name == PartNames.Of(PartKind.Text)).Bytes - PartHeader.Bytes;
        Assert.Equal(Encoding.UTF8.GetByteCount(text), segment.StoredBytes);
        Assert.InRange(stored - segment.StoredBytes, 1, segment.StoredBytes / 500);
    }

    private static void Check(string profile, TextStore store, string[] texts)
    {
        using SmallCorpus corpus = SmallCorpus.Build(texts, SmallCorpus.Options(64, store) with { Normalization = profile });
        var counting = new CountingNormalizer(TextNormalizer.For(profile));
        using var cache = new BlockCache();
        using var segment = new SegmentReader(
            Path.Combine(corpus.Path, PartNames.SegmentsDirectory), Assert.Single(corpus.Index.Manifest.Segments), counting, cache, firstBlock: 0);
        for (int i = 0; i < texts.Length; i++)
        {
            DocumentRow document = segment[i];
            NormalizedText naive = TextNormalizer.For(profile).NormalizeWithMap(Encoding.UTF8.GetBytes(texts[i]));
            Assert.Equal(naive.Bytes.Length, document.NormalizedBytes);
            // The long ones by samples that are no multiple of anything: one place costs up to 4 KiB, and StretchCutterTest asks for every byte.
            for (int at = 0; at < naive.Bytes.Length; at += naive.Bytes.Length > 8_000 ? 17 : 1)
            {
                TextSpan expected = naive.ToOriginalOutside(new TextSpan(at, at + 1));
                Assert.Equal((expected.Start, expected.End), segment.ToOriginal(document, document.NormalizedStart + at, document.NormalizedStart + at + 1));
            }

            for (int at = 0, end = 1; at < naive.Bytes.Length; at += 397, end = Math.Min(naive.Bytes.Length, at + (at * 7919 % 20_000) + 1))
            {
                TextSpan expected = naive.ToOriginalOutside(new TextSpan(at, Math.Max(at + 1, end)));
                Assert.Equal((expected.Start, expected.End), segment.ToOriginal(document, document.NormalizedStart + at, document.NormalizedStart + Math.Max(at + 1, end)));
            }
        }

        Assert.True(counting.Calls > 0);
        Assert.InRange(counting.MostMapped, 1, CheckPoint.MostBytes);
    }

    private static string Mixed(int seed, int pieces)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int length = 0; length < pieces; length += 10)
            text.Append(s_pieces[random.Next(s_pieces.Length)]);
        return text.ToString();
    }
}
