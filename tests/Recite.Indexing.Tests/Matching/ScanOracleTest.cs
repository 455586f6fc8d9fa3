using CsCheck;
using Recite.SelfTest.Oracles;
using Recite.Testing.Matching;

namespace Recite.Indexing.Tests.Matching;

/// <summary>The fast oracle must itself equal the plain one, or it proves nothing about large corpora.</summary>
public sealed class ScanOracleTest
{
    [Fact]
    public void Equals_the_quadratic_oracle() =>
        Gen.Select(Text(150).Array[1, 4], Text(100).Array[1, 3], Gen.Int[30, 50]).Sample((documents, queries, guarantee) =>
        {
            OracleText[] corpus = [.. documents.Select((text, i) => AsciiOracle.Read($"{i}", text))];
            OracleText[] asked = [.. queries.Select((text, i) => AsciiOracle.Read($"{i}", text))];
            var oracle = new ScanOracle([.. corpus.Select(text => new ScannedDocument(text.Id, text.Bytes))], guarantee);
            IReadOnlyList<IReadOnlyList<ScannedMatch>> scanned = oracle.Match([.. asked.Select(text => text.Bytes)]);
            for (int query = 0; query < asked.Length; query++)
            {
                OraclePoint[] points = asked[query].Points;
                Assert.Equal(
                    NaiveMatcher.Match(asked[query], corpus, guarantee).Where(match => match.Characters >= ScanOracle.ShortestCounted)
                        .Select(match => $"{match.Start}-{match.End} x{match.Occurrences}"),
                    scanned[query].Where(match => match.End - match.Start >= ScanOracle.ShortestCounted)
                        .Select(match => $"{points[match.Start].SourceStart}-{points[match.End - 1].SourceEnd} x{match.Places.Count}"));
            }
        }, iter: 200);

    private static Gen<string> Text(int words) =>
        Gen.Int[0, 6].Array[0, words].Select(draws => string.Join(' ', draws.Select(draw => ((string[])["a", "bb", "Ab", "ba.", "abab", "c", "a-b"])[draw])));
}
