using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests.Corpora;

public sealed class CorpusBuilderTest
{
    private static readonly string[] Texts = ["The first text of a small corpus.", "The second one, with ünïcödé in it.", ""];

    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void Documents_come_back_byte_for_byte_with_their_names(TextStore store)
    {
        using SmallCorpus corpus = SmallCorpus.Build(Texts, SmallCorpus.Options(64, store));
        Assert.Equal(3, corpus.Index.DocumentCount);
        for (int i = 0; i < Texts.Length; i++)
        {
            DocumentEntry entry = corpus.Index.GetDocument(i);
            Assert.Equal((i, $"d{i}", $"uri:{i}", Encoding.UTF8.GetByteCount(Texts[i])), (entry.Number, entry.Id, entry.Uri, entry.Bytes));
            Assert.Equal(Texts[i], Encoding.UTF8.GetString(corpus.Index.ReadText(i, 0, (int)entry.Bytes)));
        }

        Assert.Equal(Texts.Sum(Encoding.UTF8.GetByteCount), corpus.Index.Manifest.Bytes);
    }

    [Fact]
    public void The_bytes_on_disk_do_not_depend_on_the_number_of_workers()
    {
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => string.Join(' ', Enumerable.Range(0, 2000).Select(j => $"{i * j % 977}")))];
        using var folder = new TemporaryFolder();
        string[] digests = [.. new[] { 1, 2, 5 }.Select(threads =>
            Build(texts, folder.At($"{threads}.rix"), new CorpusBuildOptions { Threads = threads, ForcedSegmentBytes = 800_000 }).Digest)];
        Assert.Single(digests.Distinct());
        Assert.True(CorpusIndexSegments(folder.At("1.rix")) > 2);
    }

    [Fact]
    public void An_empty_corpus_is_refused_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("empty", Assert.Throws<ReciteException>(() => Build([], folder.At("x.rix"))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("x.rix")));
    }

    [Fact]
    public void Memory_that_no_build_can_live_on_is_refused_with_the_least_that_will_do()
    {
        using var folder = new TemporaryFolder();
        var options = new CorpusBuildOptions { MemoryBytes = CorpusBuildOptions.LeastMemoryBytes - 1 };
        Assert.Contains("at least 256M", Assert.Throws<ReciteException>(() => Build(Texts, folder.At("x.rix"), options)).Message, StringComparison.Ordinal);
        Build(Texts, folder.At("x.rix"), options with { MemoryBytes = CorpusBuildOptions.LeastMemoryBytes });
        Assert.True(Directory.Exists(folder.At("x.rix")));
    }

    [Fact]
    public void An_index_is_replaced_and_no_file_of_the_old_one_stays()
    {
        using SmallCorpus corpus = SmallCorpus.Build(Texts);
        string[] before = Files(corpus.Path);
        corpus.Rebuild(["something else"]);
        Assert.Equal(1, corpus.Index.DocumentCount);
        Assert.Equal(before.Length, Files(corpus.Path).Length);
        Assert.Single(before.Intersect(Files(corpus.Path)));
        Assert.Empty(CorpusVerifier.Verify(corpus.Path, default));
    }

    [Fact]
    public void A_failing_source_leaves_the_old_index_as_it_was()
    {
        using SmallCorpus corpus = SmallCorpus.Build(Texts);
        string[] before = Files(corpus.Path);
        Assert.Throws<InvalidDataException>(() =>
            CorpusBuilder.BuildAsync(Failing(), corpus.Path, new CorpusBuildOptions(), null, default).GetAwaiter().GetResult());
        Assert.Equal(before, Files(corpus.Path));
        Assert.Empty(CorpusVerifier.Verify(corpus.Path, default));
    }

    [Fact]
    public void A_cancelled_build_leaves_no_index_where_none_was()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        IAsyncEnumerable<Document> documents = SmallCorpus.Documents(Enumerable.Range(0, 10_000).Select(i =>
        {
            if (i == 5_000)
                stop.Cancel();
            return new string('x', 1000) + i;
        }));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            CorpusBuilder.BuildAsync(documents, folder.At("x.rix"), new CorpusBuildOptions(), null, stop.Token).GetAwaiter().GetResult());
        Assert.False(Directory.Exists(folder.At("x.rix")));
    }

    [Fact]
    public void What_is_not_an_index_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("notes.txt"), "mine");
        Assert.Throws<ReciteException>(() => Build(Texts, folder.Path));
        Assert.Throws<ReciteException>(() => Build(Texts, folder.At("notes.txt")));
        Assert.Equal("mine", File.ReadAllText(folder.At("notes.txt")));
    }

    [Fact]
    public void An_index_whose_manifest_is_damaged_can_be_built_anew()
    {
        using SmallCorpus corpus = SmallCorpus.Build(Texts);
        File.WriteAllText(Path.Combine(corpus.Path, "manifest.json"), "{");
        Assert.Throws<ReciteException>(() => CorpusIndex.Open(corpus.Path));
        corpus.Rebuild(Texts);
        Assert.Empty(CorpusVerifier.Verify(corpus.Path, default));
    }

    [Fact]
    public void What_a_killed_build_left_is_swept_by_the_next()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("x.rix/segments"));
        File.WriteAllText(folder.At("x.rix/segments/.building-0.text"), "half");
        File.WriteAllText(folder.At("x.rix/segments/s-0123456789abcdef.docs"), "orphan");
        Assert.Throws<ReciteException>(() => CorpusIndex.Open(folder.At("x.rix")));
        Build(Texts, folder.At("x.rix"));
        Assert.DoesNotContain(Files(folder.At("x.rix")), file => file.Contains("building", StringComparison.Ordinal) || file.Contains("0123456789abcdef", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_writers_at_once_are_refused_in_words()
    {
        using SmallCorpus corpus = SmallCorpus.Build(Texts);
        using IndexDirectory held = IndexDirectory.Open(corpus.Path);
        Assert.Contains("Another process", Assert.Throws<ReciteException>(() => Build(Texts, corpus.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_reader_keeps_its_index_while_another_replaces_it()
    {
        using SmallCorpus corpus = SmallCorpus.Build(Texts);
        using CorpusIndex reader = CorpusIndex.Open(corpus.Path);
        Build(["something else"], corpus.Path);
        Assert.Equal(Texts[1], Encoding.UTF8.GetString(reader.ReadText(1, 0, (int)reader.GetDocument(1).Bytes)));
    }

    private static int CorpusIndexSegments(string path)
    {
        using CorpusIndex index = CorpusIndex.Open(path);
        return index.Manifest.Segments.Count;
    }

    private static IndexManifest Build(IEnumerable<string> texts, string path, CorpusBuildOptions? options = null) =>
        CorpusBuilder.BuildAsync(SmallCorpus.Documents(texts), path, options ?? new CorpusBuildOptions(), null, default).GetAwaiter().GetResult();

    private static string[] Files(string path) =>
        [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(path, file)).Order(StringComparer.Ordinal)];

    private static async IAsyncEnumerable<Document> Failing()
    {
        for (int i = 0; i < 3000; i++)
            yield return new Document($"{i}", $"{i}", new byte[1000]);
        await Task.Yield();
        throw new InvalidDataException("the source broke");
    }
}
