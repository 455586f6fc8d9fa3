using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;
using Recite.Indexing.Tests.Life;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Corpora;

/// <summary>Flips every byte of every file of small indexes: <c>verify</c> must see each, and matching must never crash.</summary>
public sealed class CorruptionTest
{
    private const string Passage = "A ledger of lamps, oil and wicks was kept in the tower from the first winter to the last, in four different hands.";

    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void Every_flipped_byte_is_found_by_verify_and_never_crashes_match(TextStore store)
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage, Passage + " And more.", "Something short"], SmallCorpus.Options(32, store));
        corpus.Index.Dispose();
        AssertEveryFlipIsFound(corpus.Path);
    }

    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void Every_flipped_byte_of_an_index_with_copies_and_removed_documents_is_found(TextStore store)
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32, store));
        corpus.Build(Passage, Passage, "Something short");
        corpus.Add(Passage, "Something long. " + Passage);
        corpus.Remove("d0", "d2");
        AssertEveryFlipIsFound(corpus.Path);
    }

    [Fact]
    public void A_truncated_file_is_one_sentence_and_names_the_file()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage]);
        corpus.Index.Dispose();
        string file = Directory.EnumerateFiles(corpus.Path, "*.slots", SearchOption.AllDirectories).Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
        ReciteException error = Assert.Throws<ReciteException>(() => CorpusIndex.Open(corpus.Path));
        Assert.Contains(Path.GetFileName(file), error.Message, StringComparison.Ordinal);
        Assert.Single(CorpusVerifier.Verify(corpus.Path, default));
    }

    [Fact]
    public void An_index_that_was_refused_stays_neither_mapped_nor_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what a process has mapped is read from /proc");
        using SmallCorpus corpus = SmallCorpus.Build([Passage]);
        corpus.Index.Dispose();
        string file = Directory.EnumerateFiles(corpus.Path, "*.heavy", SearchOption.AllDirectories).Single();
        byte[] content = File.ReadAllBytes(file);
        content[0] ^= 1;
        File.WriteAllBytes(file, content);
        Assert.Throws<ReciteException>(() => CorpusIndex.Open(corpus.Path));
        Assert.DoesNotContain(File.ReadLines("/proc/self/maps"), line => line.Contains(corpus.Path, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.EnumerateFiles("/proc/self/fd").Select(open => new FileInfo(open).LinkTarget ?? ""), open => open.StartsWith(corpus.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_file_is_one_sentence()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage]);
        corpus.Index.Dispose();
        File.Delete(Directory.EnumerateFiles(corpus.Path, "*.names", SearchOption.AllDirectories).Single());
        Assert.Throws<ReciteException>(() => CorpusIndex.Open(corpus.Path));
        Assert.Contains("missing", Assert.Single(CorpusVerifier.Verify(corpus.Path, default)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_format_version_is_refused_by_name()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage]);
        string manifest = Path.Combine(corpus.Path, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"formatVersion\": 1", "\"formatVersion\": 2", StringComparison.Ordinal));
        Assert.Contains("format version 2", Assert.Throws<ReciteException>(() => CorpusIndex.Open(corpus.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("format version 2", Assert.Single(CorpusVerifier.Verify(corpus.Path, default)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_segment_file_is_refused_by_name()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage]);
        corpus.Index.Dispose();
        string file = Directory.EnumerateFiles(corpus.Path, "*.docs", SearchOption.AllDirectories).Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[8] = 2;
        File.WriteAllBytes(file, bytes);
        Assert.Contains("format version 2", Assert.Throws<ReciteException>(() => CorpusIndex.Open(corpus.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_tables_than_the_readers_are_refused()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage]);
        IndexManifest other = corpus.Index.Manifest with { Normalization = corpus.Index.Manifest.Normalization with { Tables = "sha256:00" } };
        File.WriteAllBytes(Path.Combine(corpus.Path, "manifest.json"), ManifestFile.Serialize(ManifestFile.WithDigest(other)));
        Assert.Contains("tables", Assert.Throws<ReciteException>(() => CorpusIndex.Open(corpus.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_made_with_the_first_version_of_text_is_asked_with_it()
    {
        // The passage is ASCII on one line, of which both versions make the same.
        using SmallCorpus corpus = SmallCorpus.Build([Passage]);
        TextNormalizer first = TextNormalizer.For("text", 1);
        IndexManifest older = corpus.Index.Manifest with { Normalization = new ManifestNormalization("text", 1, first.UnicodeVersion, first.TableDigest) };
        File.WriteAllBytes(Path.Combine(corpus.Path, "manifest.json"), ManifestFile.Serialize(ManifestFile.WithDigest(older)));
        using CorpusIndex index = CorpusIndex.Open(corpus.Path);
        Assert.Same(first, index.Normalizer);
        Assert.Single(new Matcher(index).Match(index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(Passage)), new MatchOptions(), default).Matches);
    }

    private static void AssertEveryFlipIsFound(string path)
    {
        Assert.Empty(CorpusVerifier.Verify(path, default));
        Assert.NotEmpty(MatchOrSentence(path)!.Matches);
        foreach (string file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            byte[] sound = File.ReadAllBytes(file);
            for (int i = 0; i < sound.Length; i++)
            {
                byte[] damaged = [.. sound];
                damaged[i] ^= (byte)(1 << (i % 8));
                File.WriteAllBytes(file, damaged);
                Assert.True(CorpusVerifier.Verify(path, default).Count > 0, $"verify missed byte {i} of {Path.GetFileName(file)}");
                MatchOrSentence(path);
            }

            File.WriteAllBytes(file, sound);
        }

        Assert.Empty(CorpusVerifier.Verify(path, default));
    }

    private static MatchResult? MatchOrSentence(string path)
    {
        try
        {
            using CorpusIndex index = CorpusIndex.Open(path);
            return new Matcher(index).Match(index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(Passage)), new MatchOptions(), default);
        }
        catch (ReciteException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return null;
        }
    }
}
