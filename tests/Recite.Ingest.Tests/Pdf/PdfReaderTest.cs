using System.Text;
using Recite.Indexing.Text;
using Recite.Ingest.Tests.Hostile;

namespace Recite.Ingest.Tests.Pdf;

public sealed class PdfReaderTest
{
    private const string LeftText = "Once upon a time there was a miller who lived beside a river, and every morning he went out to look at the water, "
        + "because the circumstantial measurements of the riverkeeper told him whether the great wheel would turn that day or whether he would have to wait for rain in the mountains.";

    private const string RightText = "The apprentice, who had come from another country altogether, did not believe in looking at water; he measured the wind "
        + "with a feather on a string, wrote the measurements into a notebook, and calculated the afternoon from the morning by an incomprehensibly straightforward procedure of his own.";

    [Fact]
    public async Task Reads_the_lines_of_all_pages_under_any_name()
    {
        byte[] pdf = PdfFiles.Pages(["One line.", "Another line."], ["On the second page."]);
        foreach (string name in new[] { "a.pdf", "a.bin", "noending" })
            Assert.Equal(["One line. Another line. On the second page."], (await ReaderTargets.ReadAsync(name, pdf)).Texts.Select(Flat));
    }

    [Fact]
    public async Task Reads_two_columns_one_after_the_other_and_hyphens_across_lines_are_seen_through()
    {
        List<string> left = PdfFiles.Break(LeftText, 41), right = PdfFiles.Break(RightText, 41);
        Assert.Contains(left.Concat(right), line => line.EndsWith('-'));

        string text = Assert.Single((await ReaderTargets.ReadAsync("a.pdf", PdfFiles.TwoColumns("A heading", left, right))).Texts);

        Assert.Equal(Normalize($"A heading {LeftText} {RightText}"), Normalize(text));
    }

    [Fact]
    public async Task Reads_letters_once_that_are_printed_twice_to_look_bold()
    {
        string content = RawPdf.Show("Bold as brass, and woolly, too.") + RawPdf.Show("Bold as brass, and woolly, too.", x: 50, y: 700).Replace("50 700", "50.3 700", StringComparison.Ordinal);
        Assert.Equal("Bold as brass, and woolly, too.", Flat(Assert.Single((await ReaderTargets.ReadAsync("a.pdf", RawPdf.OfPage(content).Build())).Texts)));
    }

    [Fact]
    public async Task Reads_text_in_forms()
    {
        byte[] pdf = RawPdf.OfPage("/X Do", "/XObject << /X 6 0 R >>")
            .AddStream(6, "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F1 5 0 R >> >>", Encoding.Latin1.GetBytes(RawPdf.Show("In a form.")))
            .Build();
        Assert.Equal("In a form.", Flat(Assert.Single((await ReaderTargets.ReadAsync("a.pdf", pdf)).Texts)));
    }

    [Fact]
    public async Task Reads_a_file_that_begins_a_little_later()
    {
        byte[] pdf = [.. "junk of a mail program\n"u8, .. PdfFiles.Lines("Behind the junk.")];
        Assert.Equal("Behind the junk.", Flat(Assert.Single((await ReaderTargets.ReadAsync("a.pdf", pdf)).Texts)));
    }

    [Fact]
    public async Task Says_that_pages_are_pictures_or_empty()
    {
        SkippedInput skipped = Assert.Single((await ReaderTargets.ReadAsync("a.pdf", RawPdf.OfPage("0 0 100 100 re f").Build())).Skipped);
        Assert.Equal(SkipKind.NotText, skipped.Kind);
        Assert.Equal("a.pdf is a PDF without text, so that its pages are pictures or empty: run it through text recognition first.", skipped.Reason);

        Reading some = await ReaderTargets.ReadAsync("a.pdf", PdfFiles.Pages(["Text."], []));
        Assert.Equal("Text.", Flat(some.Single().Text));
        Assert.Contains("1 of 2 pages without text", Assert.Single(some.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_password_is_needed()
    {
        RawPdf pdf = RawPdf.OfPage(RawPdf.Show("Secret."));
        pdf.Add(6, $"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{new string('A', 64)}> /U <{new string('B', 64)}> >>");
        pdf.Trailer = "/Root 1 0 R /Encrypt 6 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]";
        SkippedInput skipped = Assert.Single((await ReaderTargets.ReadAsync("a.pdf", pdf.Build())).Skipped);
        Assert.Equal(SkipKind.Encrypted, skipped.Kind);
        Assert.Equal("a.pdf is a PDF with a password: save it without one.", skipped.Reason);
    }

    [Fact]
    public async Task Tells_the_pages_that_are_damaged_in_one_line_and_reads_the_others()
    {
        RawPdf pdf = RawPdf.OfPage(RawPdf.Show("The good page."));
        pdf.Add(2, "<< /Type /Pages /Kids [6 0 R 3 0 R 7 0 R 8 0 R] /Count 4 >>");
        foreach (int number in new[] { 6, 7, 8 })
            pdf.Add(number, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 99 0 R >>");

        Reading reading = await ReaderTargets.ReadAsync("a.pdf", pdf.Build());

        Assert.Equal("The good page.", Flat(Assert.Single(reading.Texts)));
        SkippedInput skipped = Assert.Single(reading.Skipped);
        Assert.StartsWith("a.pdf lost 3 of 4 pages (1, 3-4); the first: a.pdf page 1 is damaged", skipped.Reason, StringComparison.Ordinal);
        Assert.Equal((1L, SkipKind.Damaged), (skipped.Line, skipped.Kind));
    }

    [Fact]
    public async Task Keeps_limits_on_bytes_and_pages()
    {
        byte[] pdf = PdfFiles.Pages(["One."], ["Two."], ["Three."]);
        Assert.Contains("more than 2 pages", await LimitAsync(pdf, new IngestOptions { MaxPdfPages = 2 }), StringComparison.Ordinal);
        Assert.Contains("more than 100 bytes", await LimitAsync(pdf, new IngestOptions { MaxPdfBytes = 100 }), StringComparison.Ordinal);
        Assert.Contains("more than 9 bytes", await LimitAsync(pdf, new IngestOptions { MaxDocumentBytes = 9 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_is_no_pdf() =>
        Assert.Equal(SkipKind.WrongName, Assert.Single((await ReaderTargets.ReadAsync("a.pdf", "Just text, with a line about %PDF below.\n"u8.ToArray())).Skipped).Kind);

    internal static async Task<string> LimitAsync(byte[] pdf, IngestOptions? options = null)
    {
        Reading reading = await ReaderTargets.ReadAsync("a.pdf", pdf, options);
        Assert.Empty(reading.Documents);
        SkippedInput skipped = Assert.Single(reading.Skipped);
        Assert.Equal(SkipKind.Limit, skipped.Kind);
        return skipped.Reason;
    }

    private static string Normalize(string text) => Encoding.UTF8.GetString(TextNormalizer.For("text").NormalizeWithMap(Encoding.UTF8.GetBytes(text)).Bytes.Span);

    private static string Flat(ReadOnlyMemory<byte> text) => Flat(Encoding.UTF8.GetString(text.Span));

    private static string Flat(string text) => string.Join(' ', text.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries));
}
