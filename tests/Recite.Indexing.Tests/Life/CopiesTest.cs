using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests.Life;

public sealed class CopiesTest
{
    private const string Passage = "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails.";

    [Fact]
    public void A_text_that_comes_again_takes_no_room_and_counts_at_every_place()
    {
        string text = string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"word{i * 7919 % 20_011}"));
        using SmallCorpus once = SmallCorpus.Build([text]);
        using SmallCorpus often = SmallCorpus.Build([text, "something else", text, text]);
        Assert.InRange(often.Index.Manifest.Segments.Sum(segment => segment.Parts.Sum(part => part.Bytes)) - once.Index.Manifest.Segments.Sum(segment => segment.Parts.Sum(part => part.Bytes)), 1, 1000);
        Assert.Equal((4, 2), (often.Index.Manifest.Documents, often.Index.Manifest.Copies));

        ReportedMatch match = Assert.Single(often.Match(text[500..800]).Matches);
        Assert.Equal(3, match.Occurrences);
        Assert.Equal(["d0", "d2", "d3"], match.Sources.Select(source => source.Id));
        Assert.Equal([0L, 2, 3], match.Sources.Select(source => source.Document));
        Assert.Equal(text, Encoding.UTF8.GetString(often.Index.ReadText(3, 0, text.Length)));
    }

    [Fact]
    public void The_first_sources_are_the_first_in_document_order_also_where_copies_stand_far_behind()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage, "x " + Passage, Passage, "y " + Passage, Passage], SmallCorpus.Options(64, segmentBytes: 1));
        MatchResult result = corpus.Match(Passage, new MatchOptions { MaxSources = 4 });
        ReportedMatch match = Assert.Single(result.Matches);
        Assert.Equal(5, match.Occurrences);
        Assert.Equal([0L, 1, 2, 3], match.Sources.Select(source => source.Document));
    }

    [Fact]
    public void Texts_that_differ_in_a_byte_are_no_copies()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage, Passage + " ", Passage.ToUpperInvariant()]);
        Assert.Equal(0, corpus.Index.Manifest.Copies);
        Assert.Equal(3, Assert.Single(corpus.Match(Passage).Matches).Occurrences);
    }

    [Fact]
    public void Copies_far_apart_are_found_through_files_and_do_not_depend_on_the_number_of_workers()
    {
        string[] texts = [.. Enumerable.Range(0, 3000).Select(i => $"text number {i % 1000} of a thousand, with some words that make it a little longer {string.Concat(Enumerable.Repeat("and longer ", 50))}")];
        using var folder = new TemporaryFolder();
        IndexManifest[] manifests = [.. new[] { 1, 2, 5 }.Select(threads => CorpusBuilder.BuildAsync(
            SmallCorpus.Documents(texts),
            folder.At($"{threads}.rix"),
            new CorpusBuildOptions { Threads = threads, ForcedSegmentBytes = 100_000, ForcedRecentTexts = 64 },
            null,
            TestContext.Current.CancellationToken).GetAwaiter().GetResult())];
        Assert.Equal(2000, manifests[0].Copies);
        Assert.Single(manifests.Select(manifest => manifest.Digest).Distinct());
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.At("1.rix"), "*", SearchOption.AllDirectories), file => file.Contains("building", StringComparison.Ordinal));
    }

    [Fact]
    public void Documents_that_share_text_with_an_original_share_it_with_its_copies()
    {
        using SmallCorpus corpus = SmallCorpus.Build([Passage, "something else", Passage]);
        byte[] normalized = corpus.Index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(Passage)).Bytes.ToArray();
        Assert.Equal([0L, 2], new Matcher(corpus.Index).FindSharingDocuments(normalized, 1_000_000, TestContext.Current.CancellationToken).Documents.Order());
        Assert.Equal(2, new Matcher(corpus.Index).CountOccurrences(normalized, TestContext.Current.CancellationToken).Count);
    }

    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void Empty_documents_are_copies_of_the_first_empty_one(TextStore store)
    {
        using SmallCorpus corpus = SmallCorpus.Build(["", Passage, "", ""], SmallCorpus.Options(64, store));
        Assert.Equal(2, corpus.Index.Manifest.Copies);
        Assert.Empty(corpus.Index.ReadText(3, 0, 0));
        Assert.Single(corpus.Match(Passage).Matches);
    }

    // Found by a random life: such a segment has a gap and no block, and a text shorter than the guarantee is looked for by a scan.
    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void A_segment_of_copies_and_an_empty_document_can_be_scanned(TextStore store)
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(64, store));
        corpus.Build(Passage);
        corpus.Add(Passage, "");
        using CorpusIndex index = CorpusIndex.Open(corpus.Path);
        Assert.Equal(new OccurrenceCount(2, true), new Matcher(index).CountOccurrences("harbour light"u8, TestContext.Current.CancellationToken));
    }
}
