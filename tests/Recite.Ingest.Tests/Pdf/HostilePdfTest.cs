using System.Text;
using Microsoft.Extensions.Time.Testing;
using Recite.Ingest.Tests.Hostile;

namespace Recite.Ingest.Tests.Pdf;

/// <summary>Small files that ask for much: memory, time, or stack.</summary>
public sealed class HostilePdfTest
{
    /// <summary>Files of which the limits must say that they cost too much.</summary>
    public static TheoryData<string, string> Bombs => new()
    {
        { "content that unpacks to too much", "unpacks to more than" },
        { "content packed twice", "unpacks to more than" },
        { "content packed by lzw", "unpacks to more than" },
        { "content packed by run lengths", "unpacks to more than" },
        { "one content a hundred thousand times", "unpacks to more than" },
        { "rows of two thousand million pixels", "rows that are too long" },
        { "states that are saved and saved", "states of its drawing" },
        { "a million letters", "letters" },
        { "forms that draw the next one twice", "forms" },
        { "widths of two thousand million characters", "widths of more than" },
        { "vertical widths of two thousand million characters", "widths of more than" },
        { "a font in a graphics state", "widths of more than" },
        { "a map of four thousand million characters", "map of more than" },
    };

    /// <summary>Files that hang together in circles or nest without end.</summary>
    public static TheoryData<string> Knots =>
    [
        "arrays in arrays", "dictionaries in dictionaries", "arrays in content", "a page tree in a circle", "a deep page tree", "parents in a circle",
        "a form that draws itself", "forms in a circle", "a table of objects in a circle", "a length that is itself", "a reference that is itself",
        "an object stream in itself", "a font of itself", "no page", "a million pages that are not there",
    ];

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Says_that_a_file_costs_too_much(string name, string word) =>
        Assert.Contains(word, await PdfReaderTest.LimitAsync(HostilePdfs.Make(name)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Knots))]
    public async Task Ends_a_file_that_has_no_end_in_text_or_a_line(string name)
    {
        Reading reading = await ReaderTargets.ReadAsync("a.pdf", HostilePdfs.Make(name));
        Assert.Equal(1, reading.Documents.Count + reading.Skipped.Count);
        Assert.All(reading.Skipped, skipped => Assert.StartsWith("a.pdf ", skipped.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stops_when_the_time_is_over()
    {
        var options = new IngestOptions { Time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) }, MaxPdfTime = TimeSpan.FromSeconds(3) };
        string[][] pages = [.. Enumerable.Repeat((string[])["A page."], 50)];
        Assert.Equal(
            "a.pdf took longer than 3 seconds to read: it was left out; split it, or take its text out of it yourself.",
            await PdfReaderTest.LimitAsync(PdfFiles.Pages(pages), options));
    }

    [Fact]
    public async Task Stops_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReaderTargets.ReadAsync("a.pdf", PdfFiles.Lines("Text."), ct: stop.Token));
    }

    [Fact]
    public async Task Reads_the_files_after_a_bad_one()
    {
        byte[] archive = SampleFiles.Zip(
            System.IO.Compression.CompressionLevel.Fastest,
            ("a.pdf", HostilePdfs.Make("content packed twice")),
            ("b.pdf", "%PDF-1.4\nnothing"u8.ToArray()),
            ("c.pdf", PdfFiles.Lines("The good one.")));
        Reading reading = await ReaderTargets.ReadAsync("all.zip", archive);
        Assert.Equal(["all.zip!/c.pdf"], reading.Ids);
        Assert.Equal(["all.zip!/a.pdf", "all.zip!/b.pdf"], reading.Skipped.Select(skipped => skipped.Input));
    }

    [Theory]
    [InlineData("2 beginbfrange <00> <ff> <0041> <0000> <ffff> [<0041>] endbfrange", 256 + 65536)]
    [InlineData("1 beginbfrange<00000000>%x\n<FF>/nothing", (255L << 24) + 1)]
    [InlineData("1 begincidrange <0000> <01ff> 7 <0200><0200> 8 endcidrange 1 beginbfrange <01><03><0001>", 512 + 1 + 3)]
    [InlineData("1 beginbfrange <0000000000> <ffffffffff> <00>", long.MaxValue)]
    [InlineData("a range of hills <00> here", 0)]
    [InlineData("beginbfrange <", 0)]
    public void Counts_the_characters_of_a_map(string map, long characters) =>
        Assert.Equal(characters, Ingest.Pdf.CharacterMaps.CharactersOf(Encoding.Latin1.GetBytes(map)));
}
