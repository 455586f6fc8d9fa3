using System.Text;

namespace Recite.EndToEnd.Demo;

/// <summary>The bundled texts are what their card says: nothing is shared except by planting.</summary>
public sealed class DemoCorpusTest
{
    private const int Run = 30;

    [Fact]
    public void No_two_documents_share_a_run_of_30_bytes_except_by_planting()
    {
        var texts = new List<(string Id, byte[] Text)>();
        texts.AddRange(DemoCorpus.ReadCorpus().Where(document => !IsCopy(document.Key)).Select(document => (document.Key, document.Value)));
        texts.AddRange(DemoCorpus.ReadNeverTrained().Where(document => document.Key != DemoCorpus.Planted).Select(document => ($"never-trained/{document.Key}", document.Value)));
        texts.AddRange(DemoCorpus.ReadCanaries().Select(canary => (canary.Id, canary.Text)));
        Assert.True(texts.Count > 1400, $"{texts.Count} documents are too few");
        Assert.Empty(FindShared(texts));
    }

    [Fact]
    public void The_scan_finds_what_was_planted()
    {
        var texts = new List<(string Id, byte[] Text)> { (DemoCorpus.Planted, DemoCorpus.ReadNeverTrained()[DemoCorpus.Planted]) };
        texts.AddRange(DemoCorpus.ReadCanaries().Select(canary => (canary.Id, canary.Text)));
        string shared = Assert.Single(FindShared(texts));
        (string id, int duplicates, _) = DemoCorpus.ReadCanaries().Single(canary => shared.Contains(canary.Id, StringComparison.Ordinal));
        Assert.Contains(DemoCorpus.Planted, shared, StringComparison.Ordinal);
        Assert.True(duplicates == 64, $"{id} is planted {duplicates} times");
    }

    [Fact]
    public void Each_canary_stands_in_the_corpus_as_often_as_the_list_says()
    {
        ILookup<string, string> copies = DemoCorpus.ReadCorpus()
            .Where(document => IsCopy(document.Key))
            .ToLookup(document => document.Key[..document.Key.LastIndexOf('~')], document => Encoding.UTF8.GetString(document.Value));
        foreach ((string id, int duplicates, byte[] text) in DemoCorpus.ReadCanaries())
            Assert.Equal(Enumerable.Repeat(Encoding.UTF8.GetString(text), duplicates), copies[id]);
        Assert.Equal(Enumerable.Range(0, 7).Select(level => (1 << level, 24)).Append((0, 1000)).Order(), DemoCorpus.ReadCanaries()
            .CountBy(canary => canary.Duplicates).Select(count => (count.Key, count.Value)).Order());
    }

    private static bool IsCopy(string id) => id.StartsWith("canary-", StringComparison.Ordinal);

    // One line for each pair of documents that share a run.
    private static HashSet<string> FindShared(IEnumerable<(string Id, byte[] Text)> texts)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var shared = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string id, byte[] text) in texts.AsParallel().AsOrdered().Select(text => (text.Id, DemoCorpus.Normalize(text.Text))))
        {
            string normalized = Encoding.Latin1.GetString(text);
            for (int start = 0; start + Run <= normalized.Length; start++)
            {
                string gram = normalized.Substring(start, Run);
                if (!owners.TryAdd(gram, id) && owners[gram] != id)
                    shared.Add($"{owners[gram]} and {id}");
            }
        }

        return shared;
    }
}
