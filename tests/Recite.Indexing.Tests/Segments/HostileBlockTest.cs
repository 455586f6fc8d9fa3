using System.Buffers;
using System.IO.Hashing;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Segments;

/// <summary>Tables of blocks that were made to make a reader allocate: it refuses before it does.</summary>
public sealed class HostileBlockTest
{
    private const int Claimed = 200 << 20;
    private const long MostAllocated = 16 << 20;

    [Fact]
    public void A_block_that_claims_more_than_the_whole_text_is_refused_before_it_is_decompressed() =>
        AssertRefused(rows => rows[1] = rows[1] with { OriginalBytes = Claimed });

    [Fact]
    public void A_block_that_claims_more_is_refused_when_all_that_follow_make_room_for_it() => AssertRefused(rows =>
    {
        int more = Claimed - rows[1].OriginalBytes;
        rows[1] = rows[1] with { OriginalBytes = Claimed };
        for (int i = 2; i < rows.Length; i++)
            rows[i] = rows[i] with { OriginalStart = rows[i].OriginalStart + more };
    });

    [Fact]
    public void A_block_of_more_normalized_text_than_its_bytes_can_become_is_refused()
    {
        using SmallCorpus corpus = Corpus();
        ManifestSegment segment = corpus.Index.Manifest.Segments[0];
        corpus.Index.Dispose();
        Rewrite(corpus.Path, static rows => { });

        // Everything agrees that the last block goes on and on; nothing in the files is as long as that.
        IndexManifest manifest = ManifestFile.Read(corpus.Path);
        manifest = manifest with { Segments = [segment with { NormalizedBytes = 1L << 30 }] };
        File.WriteAllBytes(Path.Combine(corpus.Path, ManifestFile.FileName), ManifestFile.Serialize(ManifestFile.WithDigest(manifest)));
        AssertReadIsRefused(corpus.Path);
    }

    [Fact]
    public void Sound_blocks_are_read()
    {
        using SmallCorpus corpus = Corpus();
        Rewrite(corpus.Path, static rows => { });
        using CorpusIndex index = CorpusIndex.Open(corpus.Path);
        Assert.Equal(Text(), Encoding.UTF8.GetString(index.ReadText(0, 0, (int)index.GetDocument(0).Bytes)));
        SegmentReader segment = Assert.Single(index.Segments);
        Assert.NotEmpty(segment.Normalized.ChunkAt(segment.Normalized.Length - 1).Bytes.ToArray());
    }

    [Fact]
    public void Two_documents_that_claim_the_same_text_are_refused()
    {
        using SmallCorpus corpus = SmallCorpus.Build(["The first of two short texts.", "And the second of them, which follows."]);
        corpus.Index.Dispose();
        string file = Directory.EnumerateFiles(corpus.Path, "*.docs", SearchOption.AllDirectories).Single();
        byte[] bytes = File.ReadAllBytes(file);
        DocumentRow second = DocumentRow.Read(bytes.AsSpan(PartHeader.Bytes + DocumentRow.Bytes));
        (second with { OriginalStart = 1 }).Write(bytes.AsSpan(PartHeader.Bytes + DocumentRow.Bytes));
        File.WriteAllBytes(file, bytes);
        using CorpusIndex index = CorpusIndex.Open(corpus.Path);
        Assert.Contains("claim the same text", Assert.Throws<ReciteException>(() => index.Segments[0].Normalized.ChunkAt(0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("code")]
    [InlineData("exact")]
    public void No_code_point_becomes_more_bytes_than_a_block_is_allowed(string profile)
    {
        TextNormalizer normalizer = TextNormalizer.For(profile);
        var normalized = new ArrayBufferWriter<byte>(1 << 10);
        Span<byte> text = stackalloc byte[16];
        for (int codePoint = 0; codePoint <= 0x323AF; codePoint++)
        {
            if (!Rune.IsValid(codePoint))
                continue;

            // Four of a kind, so that neither a border nor composition hides what one becomes.
            int bytes = 0;
            for (int i = 0; i < 4; i++)
                bytes += new Rune(codePoint).EncodeToUtf8(text[bytes..]);
            normalized.ResetWrittenCount();
            normalizer.Normalize(text[..bytes], normalized);
            Assert.True(normalized.WrittenCount <= bytes * (SegmentPlan.MostNormalizedBytesPerByte - 1), $"U+{codePoint:X4} becomes {normalized.WrittenCount} bytes in {profile}");
        }
    }

    private static void AssertRefused(Action<BlockRow[]> change)
    {
        using SmallCorpus corpus = Corpus();
        corpus.Index.Dispose();
        Rewrite(corpus.Path, change);
        AssertReadIsRefused(corpus.Path);
    }

    private static void AssertReadIsRefused(string path)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Throws<ReciteException>(() =>
        {
            using CorpusIndex index = CorpusIndex.Open(path);
            SegmentReader segment = index.Segments[0];
            for (long position = 0; position < segment.Normalized.Length; position += SegmentPlan.BlockBytes / 2)
                segment.Normalized.At(position);
        });
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, MostAllocated);
    }

    private static SmallCorpus Corpus() => SmallCorpus.Build([Text()], SmallCorpus.Options(64));

    // Numbers compress so badly that the frame of the bomb has room where a block's frame was.
    private static string Text() => string.Join(' ', Enumerable.Range(0, 20_000).Select(i => i * 7919L * 7919 % 1_000_003));

    // The second block's frame becomes a true frame of zeros of the claimed length, so that only the tables can tell.
    private static void Rewrite(string path, Action<BlockRow[]> change)
    {
        string file = Directory.EnumerateFiles(path, "*.blocks", SearchOption.AllDirectories).Single();
        byte[] bytes = File.ReadAllBytes(file);
        BlockRow[] rows = [.. Enumerable.Range(0, (bytes.Length - PartHeader.Bytes) / BlockRow.Bytes).Select(i => BlockRow.Read(bytes.AsSpan(PartHeader.Bytes + (i * BlockRow.Bytes))))];
        Assert.True(rows.Length > 3);
        int before = rows[1].OriginalBytes;
        change(rows);
        if (rows[1].OriginalBytes != before)
        {
            var zeros = new byte[rows[1].OriginalBytes];
            using var compressor = new ZstdSharp.Compressor();
            byte[] bomb = compressor.Wrap(zeros).ToArray();
            Assert.True(bomb.Length <= rows[1].StoredBytes);
            rows[1] = rows[1] with { StoredBytes = bomb.Length, Checksum = XxHash3.HashToUInt64(zeros) };
            using FileStream text = File.OpenWrite(Directory.EnumerateFiles(path, "*.text", SearchOption.AllDirectories).Single());
            text.Position = PartHeader.Bytes + rows[1].StoredOffset;
            text.Write(bomb);
        }

        for (int i = 0; i < rows.Length; i++)
            rows[i].Write(bytes.AsSpan(PartHeader.Bytes + (i * BlockRow.Bytes)));
        File.WriteAllBytes(file, bytes);
    }
}
