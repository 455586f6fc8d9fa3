using System.Globalization;
using CsCheck;
using Recite.Indexing.Corpora;
using Recite.Indexing.Duplicates;
using Recite.Indexing.Tests.Life;

namespace Recite.Indexing.Tests.Duplicates;

public sealed class NearDuplicatesTest
{
    // Sentences of several words, so that texts made of them share runs of grams, whole and in part.
    private static readonly string[] s_sentences = [.. Enumerable.Range(0, 12).Select(i => string.Join(' ', Enumerable.Range(0, 3 + i).Select(j => $"w{(i * 5) + (j % 7)}")))];

    private static readonly Gen<string> s_text = Gen.Int[0, s_sentences.Length - 1].Array[0, 6].Select(picks => string.Join(" ", picks.Select(pick => s_sentences[pick])));

    [Fact]
    public void Equal_the_naive_comparison_of_all_pairs() =>
        Gen.Select(s_text.Array[1, 12], s_text.Array[0, 4], Gen.Int[0, 99].Array[0, 3], Gen.Int[NearDuplicateOptions.LeastPercent, 100], Gen.Int[1, 4])
            .Sample((texts, added, removed, percent, files) =>
            {
                using var corpus = new LivingCorpus(SmallCorpus.Options(32));
                corpus.Build(texts);
                if (added.Length > 0)
                    corpus.Add(added);
                string[] ids = [.. removed.Select(pick => corpus.Expected[pick % corpus.Expected.Count].Id).Distinct()];
                if (ids.Length > 0 && ids.Length < corpus.Expected.Count)
                    corpus.Remove(ids);

                using CorpusIndex index = CorpusIndex.Open(corpus.Path);
                var options = new NearDuplicateOptions { ThresholdPercent = percent, ForcedPartitions = files };
                Assert.Equal(
                    Naive(corpus.Expected, percent),
                    Describe(DuplicateFinder.FindNear(index, options, TestContext.Current.CancellationToken)));
                Assert.Equal(
                    Naive(corpus.Expected, null),
                    Describe(DuplicateFinder.FindExact(index, TestContext.Current.CancellationToken)));
            }, iter: 150);

    [Fact]
    public void A_text_inside_a_longer_one_is_superfluous_and_the_longer_one_is_not()
    {
        string small = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"small{i}"));
        string large = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"large{i}"));
        using SmallCorpus corpus = SmallCorpus.Build([small, "x " + large + " " + small, large]);
        DuplicateCluster cluster = Assert.Single(DuplicateFinder.FindNear(corpus.Index, new NearDuplicateOptions(), TestContext.Current.CancellationToken));
        Assert.Equal("d1", cluster.Keep.Id);
        Assert.Equal([("d0", 1.0, false), ("d2", 1.0, false)], cluster.Drop.Select(dropped => (dropped.Document.Id, dropped.Containment, dropped.IsExact)));
    }

    [Fact]
    public void Boilerplate_alone_makes_no_duplicates()
    {
        string boilerplate = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"terms{i}"));
        using SmallCorpus corpus = SmallCorpus.Build(Enumerable.Range(0, 50).Select(i => $"{boilerplate} {string.Join(' ', Enumerable.Range(0, 30).Select(j => $"own{i}x{j}"))}"));
        Assert.Empty(DuplicateFinder.FindNear(corpus.Index, new NearDuplicateOptions(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Clusters_of_most_documents_come_first()
    {
        string[] texts = [.. Enumerable.Range(0, 3).Select(i => string.Join(' ', Enumerable.Range(0, 20).Select(j => $"word{i}x{j}")))];
        using SmallCorpus corpus = SmallCorpus.Build([texts[0], texts[1], texts[0], texts[2], texts[1], texts[1], texts[2] + " longer"]);
        Assert.Equal(["d1", "d0", "d6"], DuplicateFinder.FindNear(corpus.Index, new NearDuplicateOptions(), TestContext.Current.CancellationToken).Select(cluster => cluster.Keep.Id));
    }

    // The definition, written down without any thought of speed: largest text first, each against all that stay.
    private static string Naive(List<LivingDocument> documents, int? percent)
    {
        string[] texts = [.. documents.Select(document => document.Text).Distinct(StringComparer.Ordinal)];
        int[] order = [.. Enumerable.Range(0, texts.Length).OrderByDescending(text => Grams(texts[text]).Count).ThenBy(text => text)];
        var because = new Dictionary<int, (int Text, double Containment)>();
        foreach (int text in order)
        {
            HashSet<string> grams = Grams(texts[text]);
            var found = order.TakeWhile(other => other != text).Where(other => !because.ContainsKey(other))
                .Select(other => (Text: other, Shared: grams.Intersect(Grams(texts[other]), StringComparer.Ordinal).Count()))
                .Where(other => percent is not null && other.Shared > 0 && other.Shared * 100 >= grams.Count * percent)
                .OrderByDescending(other => other.Shared).ToList();
            if (found.Count > 0)
                because[text] = (found[0].Text, Math.Round((double)found[0].Shared / grams.Count, 4));
        }

        IEnumerable<(int Count, long Bytes, int First, string Line)> clusters = Enumerable.Range(0, texts.Length).Where(text => !because.ContainsKey(text)).Select(kept =>
        {
            int first = IndexOf(documents, texts[kept]);
            var dropped = Enumerable.Range(0, documents.Count).Where(i => i != first)
                .Select(i => (Number: i, Text: Array.IndexOf(texts, documents[i].Text)))
                .Where(document => document.Text == kept || (because.TryGetValue(document.Text, out (int Text, double) reason) && reason.Text == kept))
                .Select(document => (document.Number, Similarity: document.Text == kept ? "exact" : because[document.Text].Containment.ToString(CultureInfo.InvariantCulture)))
                .ToList();
            string line = $"{documents[first].Id} <- {string.Join(' ', dropped.Select(document => $"{documents[document.Number].Id}:{document.Similarity}"))}";
            return (dropped.Count, dropped.Sum(document => (long)documents[document.Number].Text.Length), first, line);
        });
        return string.Join('\n', clusters.Where(cluster => cluster.Count > 0).OrderByDescending(cluster => cluster.Count).ThenByDescending(cluster => cluster.Bytes).ThenBy(cluster => cluster.First).Select(cluster => cluster.Line));
    }

    private static string Describe(IEnumerable<DuplicateCluster> clusters) => string.Join('\n', clusters.Select(cluster =>
        $"{cluster.Keep.Id} <- {string.Join(' ', cluster.Drop.Select(dropped => $"{dropped.Document.Id}:{(dropped.IsExact ? "exact" : dropped.Containment.ToString(CultureInfo.InvariantCulture))}"))}"));

    private static HashSet<string> Grams(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int length = Math.Min(5, words.Length);
        return words.Length == 0 ? [] : [.. Enumerable.Range(0, words.Length - length + 1).Select(i => string.Join(' ', words.Skip(i).Take(length)))];
    }

    private static int IndexOf(List<LivingDocument> documents, string text) =>
        Enumerable.Range(0, documents.Count).First(i => string.Equals(documents[i].Text, text, StringComparison.Ordinal));
}
