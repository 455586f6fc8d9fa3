using CsCheck;
using Recite.SelfTest.Oracles;
using Recite.Testing.Matching;

namespace Recite.Indexing.Tests.Matching;

/// <summary>The suffix array and the oracle over it must themselves equal what is plain, or they prove nothing about large corpora.</summary>
public sealed class SuffixArrayOracleTest
{
    private static readonly Gen<string> Repetitive =
        Gen.Int[0, 6].Array[0, 150].Select(draws => string.Join(' ', draws.Select(draw => ((string[])["a", "bb", "Ab", "ba.", "abab", "c", "a-b"])[draw])));

    [Fact]
    public void Doubling_sorts_the_suffixes() => Gen.Byte[0, 3].Array[0, 300].Sample(text =>
    {
        int[] sorted = SuffixArray.ByDoubling(text);
        Assert.Equal(Enumerable.Range(0, text.Length), sorted.Order());
        for (int i = 1; i < sorted.Length; i++)
            Assert.True(text.AsSpan(sorted[i - 1]).SequenceCompareTo(text.AsSpan(sorted[i])) < 0);
    }, iter: 300);

    [Fact]
    public void Equals_the_quadratic_oracle() => Gen.Select(Repetitive.Array[1, 4], Repetitive, Gen.Int[5, 50]).Sample((documents, query, guarantee) =>
    {
        OracleText[] corpus = [.. documents.Select((text, i) => AsciiOracle.Read($"{i}", text))];
        byte[] asked = AsciiOracle.Read("query", query).Bytes;
        byte[] joined = SuffixArrayOracle.Join([.. corpus.Select(text => text.Bytes)]);
        var oracle = new SuffixArrayOracle(joined, SuffixArray.ByDoubling(joined));
        Assert.Equal(NaiveMatcher.MaximalSpans(asked, corpus, guarantee).Order(), oracle.MaximalSpans(asked, guarantee).Order());
    }, iter: 300);

    [Fact]
    public void Finds_every_place_of_a_piece()
    {
        byte[] joined = SuffixArrayOracle.Join(["abracadabra"u8.ToArray(), "abra"u8.ToArray()]);
        var oracle = new SuffixArrayOracle(joined, SuffixArray.ByDoubling(joined));
        Assert.Equal([0, 7, 12], oracle.Places("abra"u8));
        Assert.Empty(oracle.Places("abrax"u8));
    }
}
