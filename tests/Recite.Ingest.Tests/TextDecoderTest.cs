using System.Text;
using CsCheck;

namespace Recite.Ingest.Tests;

public sealed class TextDecoderTest
{
    private const string Prose = "Être ou ne pas être — 永遠 \U0001F600, that is the question.\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Decodes_an_encoding_by_its_byte_order_mark_and_keeps_the_mark(string name)
    {
        Encoding encoding = ByName(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Prose)];

        DecodedText decoded = TextDecoder.Decode(bytes, "a.txt");

        Assert.Equal(name, decoded.Encoding);
        Assert.Equal("\uFEFF" + Prose, Encoding.UTF8.GetString(decoded.Text.Span));
        Assert.Null(decoded.Notice);
    }

    [Theory]
    [InlineData("utf-16le", "Plain English text without any mark.")]
    [InlineData("utf-16be", "Plain English text without any mark.")]
    [InlineData("utf-16le", "a")]
    [InlineData("utf-16le", "Быстрая лиса прыгает через ленивую собаку\n")]
    [InlineData("utf-16be", "Быстрая лиса прыгает через ленивую собаку\n")]
    [InlineData("utf-16le", "私は本を読みました。\nそれから、眠りました。\nとても楽しかった。\n")]
    [InlineData("utf-16be", "나는 책을 읽었습니다. 그리고 잠을 잤습니다.\n")]
    [InlineData("utf-8", "Plain text, no mark, Ünïcödé.")]
    [InlineData("utf-8", "")]
    public void Decodes_an_encoding_without_a_mark(string name, string text)
    {
        DecodedText decoded = TextDecoder.Decode(ByName(name).GetBytes(text), "a.txt");

        Assert.Equal(name, decoded.Encoding);
        Assert.Equal(text, Encoding.UTF8.GetString(decoded.Text.Span));
    }

    [Fact]
    public void Returns_valid_utf_8_byte_for_byte() => Gen.String.Sample(text =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.Replace('\0', ' ') + new string('x', text.Length * 10));
        DecodedText decoded = TextDecoder.Decode(bytes, "a.txt");
        return decoded.Text.Span.SequenceEqual(bytes) && decoded.Encoding is "utf-8" && decoded.Notice is null;
    });

    [Fact]
    public void Round_trips_any_text_in_any_encoding_that_has_a_mark() =>
        Gen.Select(Gen.String, Gen.OneOf([.. Encodings.Select(row => row.Data)])).Sample((text, name) =>
        {
            // Lone surrogates are no text, and control characters would make it binary.
            string clean = string.Concat(text.EnumerateRunes().Where(rune => rune.Value >= 0x20));
            Encoding encoding = ByName(name);
            DecodedText decoded = TextDecoder.Decode((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(clean)], "a.txt");
            return Encoding.UTF8.GetString(decoded.Text.Span).Equals("\uFEFF" + clean, StringComparison.Ordinal);
        });

    [Fact]
    public void Falls_back_to_latin_1_and_says_so_with_the_name()
    {
        DecodedText decoded = TextDecoder.Decode(Encoding.Latin1.GetBytes("Grüße aus dem Café"), "notes/old.txt");

        Assert.Equal("iso-8859-1", decoded.Encoding);
        Assert.Equal("Grüße aus dem Café", Encoding.UTF8.GetString(decoded.Text.Span));
        Assert.Contains("notes/old.txt", decoded.Notice, StringComparison.Ordinal);
        Assert.Contains("Latin-1", decoded.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_the_quotes_and_letters_of_windows_1252()
    {
        byte[] bytes = [0x93, .. "c"u8, 0x9C, .. "ur"u8, 0x94, .. " et caf"u8, 0xE9, .. ", de la po"u8, 0xE9, .. "sie"u8];

        DecodedText decoded = TextDecoder.Decode(bytes, "a.txt");

        Assert.Equal("windows-1252", decoded.Encoding);
        Assert.Equal("“cœur” et café, de la poésie", Encoding.UTF8.GetString(decoded.Text.Span));
    }

    [Fact]
    public void Reads_utf_8_with_a_few_damaged_bytes_as_utf_8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("größer ", 20))), 0xC3];

        DecodedText decoded = TextDecoder.Decode(bytes, "a.txt");

        Assert.Equal("utf-8", decoded.Encoding);
        Assert.EndsWith("größer \uFFFD", Encoding.UTF8.GetString(decoded.Text.Span), StringComparison.Ordinal);
        Assert.Contains("1 damaged", decoded.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Replaces_and_tells_half_a_surrogate_pair_in_utf_16()
    {
        DecodedText decoded = TextDecoder.Decode((byte[])[0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0], "a.txt");

        Assert.Equal("\uFEFFa\uFFFDb", Encoding.UTF8.GetString(decoded.Text.Span));
        Assert.Contains("damaged", decoded.Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a PNG image", new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A })]
    [InlineData("an ELF program", new byte[] { 0x7F, 0x45, 0x4C, 0x46, 2, 1, 1 })]
    [InlineData("a PDF file", new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D, 0x31 })]
    [InlineData("a ZIP archive", new byte[] { 0x50, 0x4B, 3, 4, 20, 0 })]
    [InlineData("a gzip file", new byte[] { 0x1F, 0x8B, 8, 0 })]
    [InlineData("a JPEG image", new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 16 })]
    [InlineData("NUL bytes", new byte[] { 0x61, 0x62, 0x63, 0, 0x64, 0x65, 0x66, 10 })]
    [InlineData("control characters", new byte[] { 1, 2, 3, 4, 5, 6, 0x61, 0x62 })]
    public void Refuses_binary_content_with_what_it_is(string what, byte[] bytes)
    {
        IngestException error = Assert.Throws<IngestException>(() => TextDecoder.Decode(bytes, "odd.bin"));

        Assert.StartsWith("odd.bin ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_throws_anything_but_its_own_error_and_always_gives_valid_utf_8() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            try
            {
                return System.Text.Unicode.Utf8.IsValid(TextDecoder.Decode(bytes, "a").Text.Span);
            }
            catch (IngestException error)
            {
                return error.Message.Length > 10;
            }
        });

    [Fact]
    public async Task Refuses_a_stream_that_is_longer_than_allowed()
    {
        using var stream = new MemoryStream(new byte[101]);
        IngestException error = await Assert.ThrowsAsync<IngestException>(() => TextDecoder.ReadAsync(stream, "big", 100, TestContext.Current.CancellationToken));
        Assert.Contains("longer than 100 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hides_control_characters_of_a_name_in_the_sentence()
    {
        IngestException error = Assert.Throws<IngestException>(() => TextDecoder.Decode((byte[])[1, 0, 1, 0], "a\u001B[2Jb\u202E"));
        Assert.StartsWith("a?[2Jb? ", error.Message, StringComparison.Ordinal);
    }

    private static Encoding ByName(string name) => name switch
    {
        "utf-16le" => new UnicodeEncoding(false, true),
        "utf-16be" => new UnicodeEncoding(true, true),
        "utf-32le" => new UTF32Encoding(false, true),
        "utf-32be" => new UTF32Encoding(true, true),
        _ => new UTF8Encoding(true),
    };
}
