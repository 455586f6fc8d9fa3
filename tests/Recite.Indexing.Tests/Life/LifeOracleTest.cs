using System.Globalization;
using CsCheck;
using Recite.Indexing.Segments;
using Recite.Indexing.Tests.Matching;
using Recite.SelfTest.Oracles;

namespace Recite.Indexing.Tests.Life;

/// <summary>
/// Random lives of small indexes, with many copies among their documents: after each step the index holds and matches what an index of
/// the remaining documents would, by the naive matcher, and a merge makes it that very index.
/// </summary>
public sealed class LifeOracleTest
{
    private const int Guarantee = 32;

    // Few pieces, so that documents repeat each other whole and in part.
    private static readonly string[] s_pieces =
    [
        "a lamp was lit at dusk and put out at dawn", "the ship came in with the tide, late and low", "ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab",
        "nobody wrote down who had paid for the oil", "every winter the road was closed for a month",
    ];

    private static readonly Gen<string> s_text = Gen.Int[0, s_pieces.Length - 1].Array[0, 3].Select(picks => string.Join(". ", picks.Select(pick => s_pieces[pick])));

    private static readonly Gen<Step> s_step = Gen.Select(Gen.Int[0, 9], s_text.Array[1, 4], Gen.Int[0, 99].Array[1, 4], (kind, texts, picks) => new Step(kind, texts, picks));

    [Theory]
    [InlineData(TextStore.Zstd, null)]
    [InlineData(TextStore.Raw, null)]
    [InlineData(TextStore.Zstd, 1)]
    public void A_living_index_equals_one_of_the_documents_it_should_hold(TextStore store, int? segmentBytes) =>
        Gen.Select(s_text.Array[1, 6], s_step.Array[1, 6], s_text).Sample((texts, steps, query) => Live(texts, steps, query, store, segmentBytes), iter: 60);

    private static void Live(string[] texts, Step[] steps, string query, TextStore store, int? segmentBytes)
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(Guarantee, store, segmentBytes) with { ForcedRecentTexts = 2 });
        corpus.Build(texts);
        Check(corpus, query);
        foreach (Step step in steps)
        {
            string[] ids = [.. step.Picks.Select(pick => corpus.Expected[pick % corpus.Expected.Count].Id).Distinct()];
            if (step.Kind < 4)
            {
                corpus.Add(step.Texts);
            }
            else if (step.Kind < 8 && ids.Length < corpus.Expected.Count)
            {
                corpus.Remove(ids);
            }
            else
            {
                string digest = corpus.Merge().Digest;
                Assert.Equal(corpus.DigestOfFreshBuild(), digest);
            }

            Check(corpus, query);
        }
    }

    private static void Check(LivingCorpus corpus, string query)
    {
        corpus.AssertHoldsTheExpected();
        OracleText[] documents = [.. corpus.Expected.Select(document => AsciiOracle.Read(document.Id, document.Text))];
        Assert.Equal(
            NaiveMatcher.Match(AsciiOracle.Read("query", query), documents, Guarantee).Select(match =>
                $"{match.Start}-{match.End} x{match.Occurrences} {string.Join(' ', match.Sources.Select(source => $"{source.Document}:{source.Start}-{source.End}"))}"),
            corpus.Match(query).Matches.Select(match =>
                $"{match.Start}-{match.End} x{match.Occurrences} {string.Join(' ', match.Sources.Select(source => $"{corpus.Expected[(int)source.Document].Id}:{source.Start}-{source.End}"))}"));
    }

    private sealed record Step(int Kind, string[] Texts, int[] Picks)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} [{string.Join(" | ", Texts)}] {string.Join(',', Picks)}");
    }
}
