using System.Text;
using Recite.Ingest.Tests.Hostile;

namespace Recite.Ingest.Tests.Docx;

public sealed class DocxReaderTest
{
    [Fact]
    public async Task Reads_paragraphs_tabs_and_breaks_as_lines_under_any_name()
    {
        byte[] letter = SampleFiles.Docx("""
            <w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">One </w:t></w:r><w:r><w:t>sentence.</w:t></w:r></w:p>
            <w:p/>
            <w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            """);
        foreach (string name in new[] { "a.docx", "a.zip", "noending" })
            Assert.Equal(["One sentence.\na\tb\nc\ncell"], (await ReaderTargets.ReadAsync(name, letter)).Texts);
    }

    [Fact]
    public async Task Leaves_out_deleted_text_field_codes_and_second_forms()
    {
        byte[] letter = SampleFiles.Docx("""
            <w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>
            <mc:AlternateContent><mc:Choice><w:r><w:t>once</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>twice</w:t></w:r></mc:Fallback></mc:AlternateContent><w:r><w:t> end</w:t></w:r></w:p>
            """);
        Assert.Equal(["kept once end"], (await ReaderTargets.ReadAsync("a.docx", letter)).Texts);
    }

    [Fact]
    public async Task Reads_footnotes_behind_the_text()
    {
        const string w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        byte[] letter = SampleFiles.Zip(
            ("[Content_Types].xml", "<Types/>"),
            ("word/footnotes.xml", $"<w:footnotes {w}><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"),
            ("word/document.xml", $"<w:document {w}><w:body><w:p><w:r><w:t>Text.</w:t></w:r></w:p></w:body></w:document>"));
        Assert.Equal(["Text.\nA note."], (await ReaderTargets.ReadAsync("a.docx", letter)).Texts);
    }

    [Fact]
    public async Task Nested_elements_cost_what_their_bytes_cost()
    {
        string deep = string.Concat(Enumerable.Repeat("<w:sdt>", 100_000)) + "<w:p><w:r><w:t>deep</w:t></w:r></w:p>" + string.Concat(Enumerable.Repeat("</w:sdt>", 100_000));
        Assert.Equal(["deep"], (await ReaderTargets.ReadAsync("a.docx", SampleFiles.Docx(deep))).Texts);
    }

    [Fact]
    public async Task Says_what_is_no_word_document()
    {
        Assert.Equal(SkipKind.WrongName, Assert.Single((await ReaderTargets.ReadAsync("a.docx", "text"u8.ToArray())).Skipped).Kind);
        Assert.Equal(SkipKind.Encrypted, Assert.Single((await ReaderTargets.ReadAsync("a.docx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])).Skipped).Kind);
        Assert.Equal(SkipKind.Damaged, Assert.Single((await ReaderTargets.ReadAsync("a.docx", SampleFiles.Zip(("[Content_Types].xml", "<x/>"), ("word/other.xml", "<x/>")))).Skipped).Kind);
    }

    [Fact]
    public async Task Stops_at_the_limit_of_a_document()
    {
        string text = string.Concat(Enumerable.Repeat($"<w:p><w:r><w:t>{new string('x', 1000)}</w:t></w:r></w:p>", 2000));
        Reading reading = await ReaderTargets.ReadAsync("a.docx", SampleFiles.Docx(text));
        Assert.Equal(SkipKind.Limit, Assert.Single(reading.Skipped).Kind);
        Assert.Contains("decodes to more than 1 MiB", reading.SingleReason(), StringComparison.Ordinal);
        Assert.DoesNotContain(Encoding.UTF8.GetString([0]), reading.Skipped[0].Reason, StringComparison.Ordinal);
    }
}
