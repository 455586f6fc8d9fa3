using System.Text;
using Recite.Indexing.Corpora;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Html;

public sealed class HtmlReaderTest
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("<title>T &amp; t</title><body><h1>Head</h1><p>One\n  two</p><p>three", "T & t\nHead\nOne two\nthree")]
    [InlineData("a<br>b<br/>c<hr>d", "a\nb\nc\nd")]
    [InlineData("a<br><br>b", "a\n\nb")]
    [InlineData("<p>in<b>li</b>ne <i> text</i></p>", "inline text")]
    [InlineData("<ul><li>a<li>b</ul>", "a\nb")]
    [InlineData("<table><tr><td>1</td> <td>2<tr><th>3<td>4</table>", "1\t2\n3\t4")]
    [InlineData("x<script>if (a<b) document.write('<p>no')</script><style>p { }</style>y", "xy")]
    [InlineData("x<noscript><p>shown</p></noscript>y", "x\nshown\ny")]
    [InlineData("x<template>no<template>no</template>no</template>y<iframe>no</iframe><!-- no -->z", "xyz")]
    [InlineData("x<div hidden>no<div>no</div></div>y<p hidden>kept<p>z", "xy\nkept\nz")]
    [InlineData("<pre>\n  two\n    lines\n</pre>after", "two\n    lines\nafter")]
    [InlineData("<textarea>a &lt;b> <p></textarea>", "a <b> <p>")]
    [InlineData("&eacute;&#233;&#x1F600;&nbsp;&bogus;&#xD800;&copy", "éé😀\u00A0&bogus;\uFFFD©")]
    [InlineData("<svg><title>icon</title><style/>text<path/></svg> after", "icon\ntext after")]
    [InlineData("a < b && c > d", "a < b && c > d")]
    [InlineData("<a href='x>y'>link</a", "link")]
    [InlineData("\uFEFF  <p>mark</p>", "mark")]
    public async Task Keeps_what_a_browser_shows(string page, string text) =>
        Assert.Equal(text.Replace("  two\n", "two\n", StringComparison.Ordinal), (await TextOfAsync(page)).Replace("  two\n", "two\n", StringComparison.Ordinal));

    [Fact]
    public async Task Reads_xhtml_where_empty_elements_close_themselves()
    {
        string path = _folder.Write("a.xhtml", "<?xml version='1.0'?><html><head><title/><script src='x'/></head><body><p/>Text <![CDATA[& more]]></body></html>");
        Assert.Equal("Text & more", Reading.Text((await Reading.OfAsync(path)).Single()));
    }

    [Theory]
    [InlineData("windows-1251", "<meta charset=windows-1251>", "Война и мир")]
    [InlineData("shift_jis", "<META http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>", "吾輩は猫である")]
    [InlineData("iso-2022-jp", "<meta charset=\"iso-2022-jp\">", "吾輩は猫である")]
    [InlineData("gb2312", "<?xml version='1.0' encoding=\"gb2312\"?>", "红楼梦")]
    [InlineData("windows-1252", "<meta charset='iso-8859-1'>", "naïve “quotes”")]
    public async Task Reads_the_encoding_that_a_page_declares(string encoding, string declaration, string text)
    {
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes($"{declaration}<p>{text}</p>");

        Document document = (await Reading.OfAsync(_folder.Write("a.html", bytes))).Single();

        Assert.Equal(text, Reading.Text(document));
        Assert.Equal(encoding, document.Encoding);
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-7")]
    [InlineData("no-such-encoding")]
    [InlineData("")]
    public async Task Believes_the_bytes_when_they_are_utf_8_whatever_is_declared(string declared)
    {
        Document document = (await Reading.OfAsync(_folder.Write("a.html", $"<meta charset='{declared}'><p>Größe"))).Single();
        Assert.Equal("Größe", Reading.Text(document));
        Assert.Equal("utf-8", document.Encoding);
    }

    [Fact]
    public async Task Reads_a_page_in_utf_16()
    {
        Document document = (await Reading.OfAsync(_folder.Write("a.html", Encoding.Unicode.GetBytes("\uFEFF<p>Größe</p>")))).Single();
        Assert.Equal("Größe", Reading.Text(document));
        Assert.Equal("utf-16le", document.Encoding);
    }

    [Theory]
    [InlineData("<b>")]
    [InlineData("<div><p>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<font color=a><p>")]
    [InlineData("<svg>")]
    [InlineData("<template>")]
    [InlineData("<a <")]
    [InlineData("</")]
    [InlineData("&#x")]
    [InlineData("<!--")]
    [InlineData("<select><option>")]
    public async Task Reads_absurdly_nested_pages_without_falling_over(string unit)
    {
        string page = "<p>start</p>" + string.Concat(Enumerable.Repeat(unit, 200_000)) + "end";
        Assert.StartsWith("start", await TextOfAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skips_a_page_that_is_too_long()
    {
        Reading reading = await Reading.OfAsync(new IngestOptions { MaxHtmlBytes = 100 }, _folder.Write("a.html", new string('x', 101)));
        Assert.Contains("a.html is longer than 100 bytes", reading.SingleReason(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skips_a_picture_that_is_called_a_page()
    {
        Reading reading = await Reading.OfAsync(_folder.Write("a.html", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]));
        Assert.Contains("a PNG image", reading.SingleReason(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_page_gives_the_text_up_to_there()
    {
        const string page = "<html><head><title>T</title></head><body><p>One</p><p>Two</p></body></html>";
        for (int length = page.IndexOf("One", StringComparison.Ordinal) + 3; length < page.Length; length++)
            Assert.StartsWith("T\nOne", await TextOfAsync(page[..length]), StringComparison.Ordinal);
    }

    private async Task<string> TextOfAsync(string page) => Reading.Text((await Reading.OfAsync(_folder.Write("a.html", page))).Single());
}
