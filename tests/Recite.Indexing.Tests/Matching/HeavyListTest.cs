using System.Text;
using CsCheck;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;
using Recite.SelfTest.Oracles;

namespace Recite.Indexing.Tests.Matching;

/// <summary>Texts whose k-grams are frequent: what is found by way of heavy lists is what a naive search finds.</summary>
public sealed class HeavyListTest
{
    private const int Guarantee = 32;
    private const string Passage = "it is ordered by what follows it and by what stands before it so that nobody has to look at all the many copies of it x";

    // One passage again and again, each time cut, changed or embedded a little differently.
    private static readonly Gen<string> Copies =
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, Passage.Length - 1], Gen.Int[0, 3]).Array[20, 160].Select(draws =>
        {
            var text = new StringBuilder();
            foreach ((int from, int cut, int edit, int kind) in draws)
            {
                char[] copy = Passage.ToCharArray();
                if (kind > 0)
                    copy[edit] = (char)('a' + kind);
                text.Append(copy.AsSpan(from, Math.Max(1, copy.Length - from - cut))).Append(kind == 3 ? " " : "");
            }

            return text.ToString();
        });

    private static readonly Gen<string> Periodic =
        Gen.Select(Gen.Int[1, 50], Gen.Int[100, 4000], Gen.Int[0, 5]).Select((period, length, breaks) =>
        {
            char[] text = [.. Enumerable.Range(0, length).Select(i => (char)('a' + (i % period % 26)))];
            for (int i = 1; i <= breaks; i++)
                text[(int)((long)i * length / (breaks + 1))] = 'z';
            return new string(text);
        });

    [Fact]
    public void Maximal_spans_of_many_copies_equal_the_naive_search() =>
        Gen.Select(Copies.Array[1, 3], Copies, AnyStore).Sample((documents, query, store) => AssertEqualSpans(documents, query[..Math.Min(query.Length, 900)], store), iter: 25);

    [Fact]
    public void Maximal_spans_of_periodic_texts_equal_the_naive_search() =>
        Gen.Select(Periodic.Array[1, 3], Periodic, AnyStore).Sample((documents, query, store) => AssertEqualSpans(documents, query[..Math.Min(query.Length, 700)], store), iter: 40);

    [Fact]
    public void Counts_of_places_equal_the_naive_search() =>
        Gen.Select(Copies.Array[1, 3], Gen.Int[0, 80], Gen.Int[Guarantee, 100], AnyStore).Sample((documents, from, length, store) =>
        {
            using SmallCorpus corpus = SmallCorpus.Build(documents, SmallCorpus.Options(Guarantee, store));
            string text = Passage.Substring(Math.Min(from, Passage.Length - Guarantee), Math.Min(length, Passage.Length - Math.Min(from, Passage.Length - Guarantee)));
            byte[] normalized = corpus.Index.Normalizer.NormalizeWithMap(Encoding.ASCII.GetBytes(text)).Bytes.ToArray();
            long expected = documents.Sum(document => CountOf(AsciiOracle.Read("d", document).Bytes, normalized));
            OccurrenceCount count = new Matcher(corpus.Index).CountOccurrences(normalized, TestContext.Current.CancellationToken);
            if (normalized.Length >= Guarantee)
                Assert.Equal(new OccurrenceCount(expected, true), count);
        }, iter: 40);

    [Fact]
    public void One_letter_without_end_is_one_span_and_every_place_is_counted()
    {
        using SmallCorpus corpus = SmallCorpus.Build([new string('a', 60_000), "b" + new string('a', 500) + "b"], SmallCorpus.Options(Guarantee));
        var matcher = new Matcher(corpus.Index);
        byte[] query = [.. Enumerable.Repeat((byte)'a', 2000)];
        Assert.Equal(
            NaiveMatcher.MaximalSpans(query, [AsciiOracle.Read("0", new string('a', 6000)), AsciiOracle.Read("1", "b" + new string('a', 500) + "b")], Guarantee).Order(),
            matcher.FindMaximalSpans(query, TestContext.Current.CancellationToken).Select(span => (span.Start, span.End)).Order());
        Assert.Equal(new OccurrenceCount(60_000 - 2000 + 1, true), matcher.CountOccurrences(query, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Every_document_that_shares_a_span_is_named_however_many_there_are()
    {
        string[] documents = [.. Enumerable.Range(0, 3000).Select(i => $"{i} {Passage} {i}"), "nothing of it"];
        using SmallCorpus corpus = SmallCorpus.Build(documents, SmallCorpus.Options(Guarantee));
        SharingDocuments sharing = new Matcher(corpus.Index).FindSharingDocuments(Encoding.ASCII.GetBytes("x" + Passage[10..80]), 1_000_000, TestContext.Current.CancellationToken);
        Assert.True(sharing.AreAll);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (long)i), sharing.Documents.Order());
    }

    private static Gen<TextStore> AnyStore => Gen.Bool.Select(isRaw => isRaw ? TextStore.Raw : TextStore.Zstd);

    private static void AssertEqualSpans(string[] documents, string query, TextStore store)
    {
        using SmallCorpus corpus = SmallCorpus.Build(documents, SmallCorpus.Options(Guarantee, store));
        byte[] normalized = AsciiOracle.Read("query", query).Bytes;
        IEnumerable<(int, int)> expected = NaiveMatcher.MaximalSpans(normalized, [.. documents.Select((text, i) => AsciiOracle.Read($"{i}", text))], Guarantee).Order();
        IReadOnlyList<TextSpan> found = new Matcher(corpus.Index).FindMaximalSpans(normalized, TestContext.Current.CancellationToken);
        Assert.Equal(expected, found.Select(span => (span.Start, span.End)).Order());
        IReadOnlyList<TextSpan> outermost = new Matcher(corpus.Index).FindOutermostSpans(normalized, TestContext.Current.CancellationToken);
        Assert.Equal(Outermost.Of([.. expected]), outermost.Select(span => (span.Start, span.End)));
    }

    private static int CountOf(byte[] text, byte[] wanted) =>
        Enumerable.Range(0, Math.Max(0, text.Length - wanted.Length + 1)).Count(i => text.AsSpan(i).StartsWith(wanted));
}
