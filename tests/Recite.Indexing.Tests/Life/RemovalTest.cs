using System.Text;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Tests.Life;

public sealed class RemovalTest
{
    private const string Kept = "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails.";
    private const string Gone = "A letter that was never meant to be read by anybody but the one it was addressed to, and not by him.";

    [Fact]
    public void A_removed_document_matches_nothing_and_its_neighbours_keep_their_order()
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32));
        corpus.Build(Gone, Kept, Kept + " Twice.");
        corpus.Remove("d0");
        corpus.AssertHoldsTheExpected();
        Assert.Empty(corpus.Match(Gone).Matches);
        Assert.Equal([0L, 1], Assert.Single(corpus.Match(Kept).Matches).Sources.Select(source => source.Document));
    }

    [Fact]
    public void A_span_is_as_long_as_it_is_in_what_is_left()
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32));
        corpus.Build(Kept + " And more of the same.", Kept);
        Assert.Equal(2, corpus.Match(Kept + " And more of the same.").Matches.Count);
        corpus.Remove("d0");
        ReportedMatch match = Assert.Single(corpus.Match(Kept + " And more of the same.").Matches);
        Assert.Equal((0, Kept.Length - 1), (match.Start, match.End));
    }

    [Fact]
    public void The_text_of_a_removed_original_lives_as_long_as_a_copy_and_no_longer()
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32));
        corpus.Build(Gone, Kept);
        corpus.Add(Gone, Gone);
        corpus.Remove("d0");
        Assert.Equal(["d2", "d3"], Assert.Single(corpus.Match(Gone).Matches).Sources.Select(source => source.Id));
        corpus.Remove("d3");
        Assert.Equal(["d2"], Assert.Single(corpus.Match(Gone).Matches).Sources.Select(source => source.Id));
        corpus.Remove("d2");
        Assert.Empty(corpus.Match(Gone).Matches);
        corpus.Add(Gone);
        Assert.Equal(["d4"], Assert.Single(corpus.Match(Gone).Matches).Sources.Select(source => source.Id));
        corpus.AssertHoldsTheExpected();
    }

    // A passage of hundreds of documents has long lists, which a matcher need not walk to their end: what is dead must not stand for what is not.
    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void Of_a_passage_in_hundreds_of_documents_the_longest_that_is_left_is_found(TextStore store)
    {
        const string Before = "And so it was, that in the year of the great storm, ";
        const string After = " He never said why, and when he was asked he only laughed and looked out to sea.";
        using var corpus = new LivingCorpus(SmallCorpus.Options(32, store));
        corpus.Build(Enumerable.Range(0, 600).Select(i => $"{i} {Before[(i % 40)..]}{Kept}{After[..(i * 7 % 60)]} {i}"));
        string query = Before + Kept + After;
        string[] longest = [.. corpus.Expected.Where(document => document.Text.Contains(Before + Kept, StringComparison.Ordinal) || document.Text.Contains(Kept + After[..40], StringComparison.Ordinal)).Select(document => document.Id)];
        Assert.InRange(longest.Length, 100, 400);
        corpus.Remove(longest);

        // The oracle is an index that never held them.
        using var fresh = new LivingCorpus(SmallCorpus.Options(32, store));
        fresh.Build(corpus.Expected.Select(document => document.Text));
        Assert.Equal(Describe(fresh.Match(query)), Describe(corpus.Match(query)));
        Assert.Equal(fresh.FindOutermostSpans(query), corpus.FindOutermostSpans(query));
        Assert.Equal(corpus.Expected.Count, Assert.Single(corpus.Match(Kept).Matches).Occurrences);
    }

    [Fact]
    public void An_unknown_id_is_named_and_nothing_is_removed()
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32));
        corpus.Build(Gone, Kept);
        string[] before = corpus.Files();
        ReciteException error = Assert.Throws<ReciteException>(() => corpus.Remove("d0", "d7"));
        Assert.Contains("'d7'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'d0'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, corpus.Files());
        corpus.AssertHoldsTheExpected();

        corpus.Remove("d0");
        Assert.Throws<ReciteException>(() => corpus.Remove("d0"));
        corpus.AssertHoldsTheExpected();
    }

    [Fact]
    public void The_last_document_cannot_be_removed()
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32));
        corpus.Build(Gone, Kept);
        Assert.Contains("Nothing would be left", Assert.Throws<ReciteException>(() => corpus.Remove("d0", "d1")).Message, StringComparison.Ordinal);
        corpus.AssertHoldsTheExpected();
    }

    [Theory]
    [InlineData(TextStore.Zstd)]
    [InlineData(TextStore.Raw)]
    public void After_a_merge_no_file_holds_the_removed_text_or_its_name(TextStore store)
    {
        string secret = string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"secret{i * 7919 % 20_011}"));
        using var corpus = new LivingCorpus(SmallCorpus.Options(32, store, segmentBytes: 50_000));
        corpus.Build(Kept, secret, Kept + " Twice.", "Another " + Kept);
        corpus.Remove("d1");
        Assert.Contains("secret", ReadEverything(corpus.Path), StringComparison.Ordinal);
        Assert.Contains("uri:d1", ReadEverything(corpus.Path), StringComparison.Ordinal);
        corpus.Merge();
        Assert.DoesNotContain("secret", ReadEverything(corpus.Path), StringComparison.Ordinal);
        Assert.DoesNotContain("uri:d1", ReadEverything(corpus.Path), StringComparison.Ordinal);
        Assert.Contains("keeper", ReadEverything(corpus.Path), StringComparison.Ordinal);
        corpus.AssertHoldsTheExpected();
    }

    [Fact]
    public void Nothing_is_added_merged_or_removed_where_no_index_is()
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32));
        Assert.Throws<ReciteException>(() => corpus.Add(Kept));
        Assert.Throws<ReciteException>(() => corpus.Remove("d0"));
        Assert.Throws<ReciteException>(() => corpus.Merge());
        Assert.False(Directory.Exists(corpus.Path));
    }

    [Fact]
    public void An_addition_without_a_document_changes_nothing()
    {
        using var corpus = new LivingCorpus(SmallCorpus.Options(32));
        corpus.Build(Kept);
        Assert.Contains("unchanged", Assert.Throws<ReciteException>(() => corpus.Add()).Message, StringComparison.Ordinal);
        corpus.AssertHoldsTheExpected();
    }

    private static string Describe(MatchResult result) => string.Join('\n', result.Matches.Select(match =>
        $"{match.Start}-{match.End} x{match.Occurrences} {string.Join(' ', match.Sources.Select(source => $"{source.Document}:{source.Start}-{source.End}"))}"));

    // Every byte of every file, and every zstd frame in it: what somebody with the disk in hand could read.
    private static string ReadEverything(string path)
    {
        var all = new StringBuilder();
        using var decompressor = new ZstdSharp.Decompressor();
        foreach (string file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(file);
            all.Append(Encoding.Latin1.GetString(bytes));
            for (int at = 0; (at = IndexOfFrame(bytes, at)) >= 0; at++)
                all.Append(Encoding.Latin1.GetString(Decompress(decompressor, bytes.AsSpan(at))));
        }

        return all.ToString();
    }

    private static int IndexOfFrame(byte[] bytes, int from)
    {
        int found = bytes.AsSpan(from).IndexOf(new byte[] { 0x28, 0xB5, 0x2F, 0xFD });
        return found < 0 ? -1 : from + found;
    }

    private static byte[] Decompress(ZstdSharp.Decompressor decompressor, ReadOnlySpan<byte> fromFrame)
    {
        // Frames follow each other; the end of this one is wherever it can be read.
        using var stream = new ZstdSharp.DecompressionStream(new MemoryStream(fromFrame.ToArray()), decompressor, leaveOpen: true, checkEndOfStream: false);
        using var text = new MemoryStream();
        try
        {
            stream.CopyTo(text);
        }
        catch (ZstdSharp.ZstdException)
        {
            // Behind the last frame stands something else; what was read counts.
        }

        return text.ToArray();
    }
}
