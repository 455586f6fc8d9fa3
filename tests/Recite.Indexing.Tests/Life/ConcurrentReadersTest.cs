using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;

namespace Recite.Indexing.Tests.Life;

/// <summary>Readers in a loop, opening, matching and verifying, while an index is added to, removed from and merged.</summary>
public sealed class ConcurrentReadersTest
{
    private const string Constant = "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails.";
    private const int Rounds = 12;

    [Fact]
    public async Task Readers_see_the_index_before_or_after_each_change_and_never_fail()
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32, segmentBytes: 2000));
        corpus.Build([Constant, .. Texts(0)]);
        using var end = new CancellationTokenSource();
        Task<long>[] readers = [.. Enumerable.Range(0, 3).Select(i => Task.Run(() => ReadUntil(corpus.Path, i, end.Token), CancellationToken.None))];
        for (int round = 1; round <= Rounds; round++)
        {
            corpus.Add(Texts(round));
            corpus.Remove(corpus.Expected[1].Id, corpus.Expected[^1].Id);
            if (round % 3 == 0)
                corpus.Merge();
        }

        await end.CancelAsync();
        long[] reads = await Task.WhenAll(readers);
        Assert.All(reads, read => Assert.True(read > 0));
        corpus.AssertHoldsTheExpected();
    }

    [Fact]
    public void An_open_reader_keeps_what_it_opened_through_every_change()
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32));
        corpus.Build(Constant, "Something else that is long enough to be found again.");
        using CorpusIndex reader = CorpusIndex.Open(corpus.Path);
        corpus.Add(Constant);
        corpus.Remove("d0");
        corpus.Merge();
        Assert.Equal(2, reader.DocumentCount);
        Assert.Equal(Constant, Encoding.UTF8.GetString(reader.ReadText(0, 0, Constant.Length)));
        NormalizedMatch(reader);
    }

    private static IEnumerable<string> Texts(int round) =>
        Enumerable.Range(0, 20).Select(i => $"Text {i % 15} of round {round}, which says very little, but at some length: {string.Join(' ', Enumerable.Range(0, 30).Select(j => i * j * (round + 1)))}");

    private static long ReadUntil(string path, int kind, CancellationToken end)
    {
        long reads = 0;
        do
        {
            if (kind == 0)
            {
                Assert.Empty(CorpusVerifier.Verify(path, CancellationToken.None));
            }
            else
            {
                using CorpusIndex index = CorpusIndex.Open(path);
                NormalizedMatch(index);
                for (long number = 0; number < index.DocumentCount; number++)
                {
                    DocumentEntry entry = index.GetDocument(number);
                    Assert.Equal((int)entry.Bytes, index.ReadText(number, 0, (int)entry.Bytes).Length);
                }
            }

            reads++;
        }
        while (!end.IsCancellationRequested);
        return reads;
    }

    // The constant text is in every version of the index: exactly one match, whatever else goes on.
    private static void NormalizedMatch(CorpusIndex index)
    {
        MatchResult result = new Matcher(index).Match(index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(Constant)), new MatchOptions(), CancellationToken.None);
        Assert.Equal(1, Assert.Single(result.Matches).Occurrences);
    }
}
