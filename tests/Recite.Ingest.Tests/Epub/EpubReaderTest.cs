using System.Text;
using Recite.Ingest.Tests.Hostile;

namespace Recite.Ingest.Tests.Epub;

public sealed class EpubReaderTest
{
    private const string Container = "<container><rootfiles><rootfile full-path=\"b.opf\"/></rootfiles></container>";

    [Fact]
    public async Task Reads_a_book_as_one_document_in_the_order_of_its_spine_without_page_titles()
    {
        byte[] book = SampleFiles.Epub(("one.xhtml", "<h1>I</h1><p>First &amp; foremost.</p><script>no()</script>"), ("text/two%20b.xhtml", "<p>unfound</p>"), ("three.xhtml", "<p>Third.</p>"));
        Reading reading = await ReaderTargets.ReadAsync("my.epub", book);

        Assert.Equal(["my.epub"], reading.Ids);
        Assert.Equal("I\nFirst & foremost.\nThird.", Reading.Text(reading.Documents[0]));

        // The reference is percent-encoded and the file in the archive is not, so that this one leads nowhere.
        SkippedInput skipped = Assert.Single(reading.Skipped);
        Assert.Equal(SkipKind.Damaged, skipped.Kind);
        Assert.Contains("OEBPS/text/two b.xhtml, is missing", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_book_under_any_name_by_its_first_bytes()
    {
        byte[] book = SampleFiles.Epub(("one.xhtml", "<p>Text.</p>"));
        foreach (string name in new[] { "a.zip", "a.bin", "noending" })
            Assert.Equal([name], (await ReaderTargets.ReadAsync(name, book)).Ids);
    }

    [Fact]
    public async Task Resolves_paths_and_reads_old_books_with_a_document_type()
    {
        byte[] book = SampleFiles.Zip(
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"deep/er/b.opf\"/></rootfiles></container>"),
            ("deep/er/b.opf", "<!DOCTYPE package PUBLIC \"x\" \"http://example.org/x.dtd\"><package><manifest><item id=\"a\" href=\"../text/a.html#part\" media-type=\"text/x-oeb1-document\"/></manifest><spine><itemref idref=\"a\"/><itemref idref=\"unknown\"/></spine></package>"),
            ("deep/text/a.html", "<html><body>Found.</body></html>"));
        Assert.Equal(["Found."], (await ReaderTargets.ReadAsync("a.epub", book)).Texts);
    }

    [Fact]
    public async Task Does_not_expand_entities_or_fetch_anything()
    {
        byte[] book = SampleFiles.Zip(
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<!DOCTYPE c [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]><container><rootfiles><rootfile full-path=\"&b;&x;\"/></rootfiles></container>"));
        Assert.Equal(SkipKind.Damaged, Assert.Single((await ReaderTargets.ReadAsync("a.epub", book)).Skipped).Kind);
    }

    [Fact]
    public async Task Tells_an_encrypted_book_and_reads_one_whose_fonts_are()
    {
        string package = "<package><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";
        byte[] Book(string cipher) => SampleFiles.Zip(
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", Container),
            ("META-INF/encryption.xml", $"<encryption><EncryptedData><CipherData><CipherReference URI=\"{cipher}\"/></CipherData></EncryptedData></encryption>"),
            ("b.opf", package),
            ("a.xhtml", "<p>Text.</p>"));

        Assert.Equal(SkipKind.Encrypted, Assert.Single((await ReaderTargets.ReadAsync("a.epub", Book("a.xhtml"))).Skipped).Kind);
        Assert.Equal(["Text."], (await ReaderTargets.ReadAsync("a.epub", Book("fonts/f.otf"))).Texts);
    }

    [Theory]
    [InlineData("META-INF/container.xml", "<container/>")]
    [InlineData("META-INF/container.xml", "not xml")]
    [InlineData("b.opf", "<package><manifest/><spine/></package>")]
    [InlineData("b.opf", "<package>")]
    public async Task Says_what_a_broken_book_lacks(string path, string content)
    {
        var parts = new Dictionary<string, string> { ["mimetype"] = "application/epub+zip", ["META-INF/container.xml"] = Container, ["b.opf"] = "", [path] = content };
        SkippedInput skipped = Assert.Single((await ReaderTargets.ReadAsync("a.epub", SampleFiles.Zip([.. parts.Select(part => (part.Key, part.Value))]))).Skipped);
        Assert.Equal(SkipKind.Damaged, skipped.Kind);
        Assert.StartsWith("a.epub ", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounds_the_text_of_a_book_whose_spine_names_one_chapter_a_thousand_times()
    {
        string chapter = $"<p>{new string('x', 100_000)}</p>";
        string spine = string.Concat(Enumerable.Repeat("<itemref idref=\"a\"/>", 5000));
        byte[] book = SampleFiles.Zip(
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", Container),
            ("b.opf", $"<package><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine>{spine}</spine></package>"),
            ("a.xhtml", chapter));

        Reading reading = await ReaderTargets.ReadAsync("a.epub", book);

        Assert.Equal(SkipKind.Limit, Assert.Single(reading.Skipped).Kind);
        Assert.Empty(reading.Documents);
    }

    [Fact]
    public async Task Says_what_is_no_book() =>
        Assert.Equal("a.epub is not an EPUB book, whatever its name says: rename it to what it is, or fetch it again.", (await ReaderTargets.ReadAsync("a.epub", Encoding.UTF8.GetBytes("text"))).SingleReason());
}
