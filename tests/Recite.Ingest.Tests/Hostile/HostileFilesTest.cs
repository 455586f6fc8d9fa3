using System.Text;
using System.Text.Unicode;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Hostile;

/// <summary>What strangers' files do to the readers: each ends in documents or in one clear line, in bounded memory, and never in another error.</summary>
public sealed class HostileFilesTest
{
    private const int Truncations = 400;
    private const int Flips = 1500;
    private const long MostAllocatedBytes = 256L << 20;

    public static TheoryData<string> Names => [.. SampleFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Reads_the_good_file_without_a_word(string name)
    {
        Reading reading = await ReaderTargets.ReadAsync(name, SampleFiles.All[name]);
        Assert.Empty(reading.Skipped);
        Assert.NotEmpty(reading.Documents);
        Assert.Contains(SampleFiles.Prose, reading.Texts.First().ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ends_every_truncation_in_documents_or_a_line(string name)
    {
        byte[] whole = SampleFiles.All[name];
        int step = Math.Max(1, whole.Length / Truncations);
        for (int length = 1; length < whole.Length; length += step)
            await CheckAsync(name, Damage.Truncate(whole, length));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ends_flipped_bits_in_documents_or_a_line(string name)
    {
        byte[] whole = SampleFiles.All[name];
        for (int i = 0; i < Flips; i++)
        {
            // A walk through all bits in an order that is the same each time: 7919 is a prime that divides no length here.
            int bit = (int)(i * 7919L % (whole.Length * 8L));
            await CheckAsync(name, Damage.FlipBit(whole, bit));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ends_bytes_set_to_extremes_in_documents_or_a_line(string name)
    {
        // Counts, lengths and offsets become as large as can be.
        byte[] whole = SampleFiles.All[name];
        int step = Math.Max(1, whole.Length / Truncations);
        for (int at = 0; at + 4 <= whole.Length; at += step)
        {
            byte[] copy = [.. whole];
            copy.AsSpan(at, 4).Fill(0xFF);
            await CheckAsync(name, copy);
            copy[at + 3] = 0x7F;
            await CheckAsync(name, copy);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Reads_or_tells_a_file_under_any_wrong_name(string name)
    {
        foreach (string other in SampleFiles.All.Keys.Concat(["a.txt", "a.html", "a.json", "noending", "a.gz", "a.zst", "a.parquet", "a.pdf"]))
        {
            Reading reading = await CheckAsync("x" + Path.GetExtension(other), SampleFiles.All[name]);
            Assert.True(reading.Documents.Count > 0 || reading.Skipped.Count > 0, $"{name} as {other} gave nothing and said nothing.");
        }
    }

    private static async Task<Reading> CheckAsync(string name, byte[] bytes)
    {
        // Bytes in memory are read on this thread; PDFs alone have one of their own, and tests of their own.
        int thread = Environment.CurrentManagedThreadId;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reading reading = await ReaderTargets.ReadAsync(name, bytes);
        if (Environment.CurrentManagedThreadId == thread)
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocatedBytes);
        Assert.All(reading.Documents, document => Assert.True(Utf8.IsValid(document.Text.Span) && document.Text.Length > 0));
        Assert.All(reading.Skipped, skipped =>
        {
            Assert.StartsWith(name, skipped.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', skipped.Reason);
            Assert.InRange(Encoding.UTF8.GetByteCount(skipped.Reason), 20, 2000);
        });
        Assert.True(reading.Documents.Count + reading.Skipped.Count + reading.Notices.Count > 0, "Nothing was read and nothing was said.");
        return reading;
    }
}
