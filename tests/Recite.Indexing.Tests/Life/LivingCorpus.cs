using System.Globalization;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests.Life;

/// <summary>A document as a test writes it down.</summary>
internal sealed record LivingDocument(string Id, string Text)
{
    public Document AsDocument() => new(Id, "uri:" + Id, Encoding.UTF8.GetBytes(Text));
}

/// <summary>An index that grows and shrinks, beside a plain list of what it should hold.</summary>
internal sealed class LivingCorpus(CorpusBuildOptions options) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _next;

    public string Path => _folder.At("corpus.rix");

    /// <summary>What the index should hold.</summary>
    public List<LivingDocument> Expected { get; } = [];

    public IndexManifest Build(params IEnumerable<string> texts)
    {
        Expected.Clear();
        Expected.AddRange(Name(texts));
        return Build(Path);
    }

    public IndexManifest Add(params IEnumerable<string> texts)
    {
        List<LivingDocument> added = Name(texts);
        IndexManifest manifest = CorpusAdder.AddAsync(_ => Stream(added), Path, options, null, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Expected.AddRange(added);
        return manifest;
    }

    public IndexManifest Remove(params string[] ids)
    {
        IndexManifest manifest = CorpusRemover.RemoveAsync(Path, ids, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Expected.RemoveAll(document => ids.Contains(document.Id, StringComparer.Ordinal));
        return manifest;
    }

    public IndexManifest Merge() => CorpusMerger.MergeAsync(Path, options, null, TestContext.Current.CancellationToken).GetAwaiter().GetResult();

    /// <summary>The digest of an index that is built of the expected documents in one go.</summary>
    public string DigestOfFreshBuild() => Build(_folder.At("fresh.rix")).Digest;

    /// <summary>Every file of the index.</summary>
    public string[] Files() =>
        [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(Path, file)).Order(StringComparer.Ordinal)];

    /// <summary>The files that the manifest names, and itself; two segments may share a file of the same content.</summary>
    public string[] NamedFiles() =>
    [
        .. ManifestFile.Read(Path).Segments.SelectMany(segment => segment.Files()).Select(file => System.IO.Path.Combine("segments", file.File))
            .Append("manifest.json").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    public MatchResult Match(string query)
    {
        using CorpusIndex index = CorpusIndex.Open(Path);
        return new Matcher(index).Match(
            index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(query)), new MatchOptions { MaxSources = int.MaxValue }, TestContext.Current.CancellationToken);
    }

    /// <summary>The spans of a query that lie in no other.</summary>
    public IReadOnlyList<TextSpan> FindOutermostSpans(string query)
    {
        using CorpusIndex index = CorpusIndex.Open(Path);
        return new Matcher(index).FindOutermostSpans(index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(query)).Bytes.Span, TestContext.Current.CancellationToken);
    }

    /// <summary>Asserts that the index is sound and holds what it should.</summary>
    public void AssertHoldsTheExpected()
    {
        Assert.Empty(CorpusVerifier.Verify(Path, TestContext.Current.CancellationToken));
        Assert.Equal(NamedFiles(), Files());
        using CorpusIndex index = CorpusIndex.Open(Path);
        Assert.Equal(Expected.Count, index.DocumentCount);
        Assert.Equal(Expected.Count, index.Manifest.Documents);
        Assert.Equal(Expected.Sum(document => (long)Encoding.UTF8.GetByteCount(document.Text)), index.Manifest.Bytes);
        Assert.Equal(Expected.Count - Expected.Select(document => document.Text).Distinct(StringComparer.Ordinal).Count(), index.Manifest.Copies);
        for (int i = 0; i < Expected.Count; i++)
        {
            DocumentEntry entry = index.GetDocument(i);
            Assert.Equal((i, Expected[i].Id, "uri:" + Expected[i].Id), (entry.Number, entry.Id, entry.Uri));
            Assert.Equal(Expected[i].Text, Encoding.UTF8.GetString(index.ReadText(i, 0, (int)entry.Bytes)));
        }
    }

    public void Dispose() => _folder.Dispose();

    private List<LivingDocument> Name(IEnumerable<string> texts) =>
        [.. texts.Select(text => new LivingDocument("d" + (_next++).ToString(CultureInfo.InvariantCulture), text))];

    private static IAsyncEnumerable<Document> Stream(IEnumerable<LivingDocument> documents) =>
        documents.Select(document => document.AsDocument()).ToAsyncEnumerable();

    private IndexManifest Build(string path) =>
        CorpusBuilder.BuildAsync(Stream(Expected), path, options, null, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
}
