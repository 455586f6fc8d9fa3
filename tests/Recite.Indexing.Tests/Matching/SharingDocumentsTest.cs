using System.Text;
using CsCheck;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests.Matching;

public sealed class SharingDocumentsTest
{
    private const int Guarantee = 32;

    // Few letters, so that spans of the guarantee are shared now and then when pieces are joined.
    private static readonly Gen<string> s_piece = Gen.Int[0, 5].Select(i => string.Join(' ', Enumerable.Range(0, 5).Select(j => $"{(char)('a' + i)}{(char)('p' + j)}{i * j}")));

    [Fact]
    public void Are_those_that_a_naive_search_finds() =>
        Gen.Select(s_piece.Array[0, 4].Array[1, 8], s_piece.Array[0, 4]).Sample(
            (documents, query) =>
            {
                string[] texts = [.. documents.Select(d => string.Join(' ', d))];
                string text = string.Join(' ', query);
                using var folder = new TemporaryFolder();
                using CorpusIndex index = Build(folder, texts);
                SharingDocuments sharing = new Matcher(index).FindSharingDocuments(Encoding.UTF8.GetBytes(text), 1_000_000, TestContext.Current.CancellationToken);
                Assert.True(sharing.AreAll);
                Assert.Equal(Enumerable.Range(0, texts.Length).Where(i => Shares(texts[i], text)).Select(i => (long)i), sharing.Documents.Order());
            },
            iter: 25);

    [Fact]
    public void Say_so_where_looking_stopped_early()
    {
        using var folder = new TemporaryFolder();
        using CorpusIndex index = Build(folder, [.. Enumerable.Range(0, 50).Select(i => $"the same words over and over again in every one of the documents {i}")]);
        SharingDocuments sharing = new Matcher(index).FindSharingDocuments("the same words over and over again in every one of the documents"u8, 5, TestContext.Current.CancellationToken);
        Assert.False(sharing.AreAll);
    }

    private static bool Shares(string document, string query) =>
        Enumerable.Range(0, Math.Max(0, query.Length - Guarantee + 1)).Any(i => document.Contains(query.Substring(i, Guarantee), StringComparison.Ordinal));

    private static CorpusIndex Build(TemporaryFolder folder, string[] texts)
    {
        IEnumerable<Document> documents = texts.Select((text, i) => new Document($"d{i}", $"file:d{i}", Encoding.UTF8.GetBytes(text)));
        CorpusBuilder.BuildAsync(documents.ToAsyncEnumerable(), folder.At("corpus.rix"), new CorpusBuildOptions { Guarantee = Guarantee, Threads = 1 }, null, TestContext.Current.CancellationToken)
            .GetAwaiter().GetResult();
        return CorpusIndex.Open(folder.At("corpus.rix"));
    }
}
