using System.Text;

namespace Recite.Ingest.Tests.Pdf;

/// <summary>PDFs that are made to hurt, by what they do.</summary>
internal static class HostilePdfs
{
    private const string Type0 = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>";

    public static byte[] Make(string name) => name switch
    {
        "content that unpacks to too much" => RawPdf.OfPage("").AddPacked(4, "", new byte[96 << 20]).Build(),
        "content packed twice" => RawPdf.OfPage("").AddStream(4, "/Filter [/FlateDecode /FlateDecode]", RawPdf.Flate(RawPdf.Flate(new byte[96 << 20]))).Build(),
        "content packed by lzw" => RawPdf.OfPage("").AddStream(4, "/Filter /LZWDecode", Lzw(1 << 20)).Build(),
        "content packed by run lengths" => RawPdf.OfPage("").AddStream(4, "/Filter /RunLengthDecode", [.. Enumerable.Repeat((byte[])[129, 32], 1 << 20).SelectMany(pair => pair)]).Build(),
        "one content a hundred thousand times" => RawPdf.OfPage(new string(' ', 10_000)).Add(3, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents [{string.Concat(Enumerable.Repeat("4 0 R ", 100_000))}] >>").Build(),
        "rows of two thousand million pixels" => RawPdf.OfPage("").AddPacked(4, "/DecodeParms << /Predictor 12 /Columns 2147483647 >>", new byte[100]).Build(),
        "states that are saved and saved" => RawPdf.OfPage(string.Concat(Enumerable.Repeat("q ", 1 << 20))).Build(),
        "a million letters" => RawPdf.OfPage($"BT /F1 1 Tf 1 1 Td ({new string('a', 1 << 20)}) Tj ET").Build(),
        "forms that draw the next one twice" => Forms(24),
        "widths of two thousand million characters" => WithWidths("/W [0 2000000000 500]"),
        "vertical widths of two thousand million characters" => WithWidths("/W2 [0 2000000000 1 1 1]"),
        "a font in a graphics state" => WithWidths("/W [0 2147483647 500]", "/ExtGState << /G << /Font [5 0 R 10] >> >>"),
        "a map of four thousand million characters" => WithWidths("", "/Font << /F1 7 0 R >>"),

        "arrays in arrays" => RawPdf.OfPage("").Add(1, $"<< /Type /Catalog /Pages 2 0 R /X {new string('[', 300_000)} >>").Build(),
        "dictionaries in dictionaries" => RawPdf.OfPage("").Add(1, $"<< /Type /Catalog /Pages 2 0 R /X {string.Concat(Enumerable.Repeat("<< /X ", 100_000))} >>").Build(),
        "arrays in content" => RawPdf.OfPage(new string('[', 300_000) + " TJ " + string.Concat(Enumerable.Repeat("/X <<", 100_000))).Build(),
        "a page tree in a circle" => RawPdf.OfPage("").Add(2, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>").Build(),
        "a deep page tree" => DeepTree(20_000),
        "parents in a circle" => RawPdf.OfPage(RawPdf.Show("Text.")).Add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>").Build(),
        "a form that draws itself" => RawPdf.OfPage("/X Do", "/XObject << /X 6 0 R >>").AddStream(6, FormEntries("/X 6 0 R"), "/X Do /X Do"u8.ToArray()).Build(),
        "forms in a circle" => RawPdf.OfPage("/X Do", "/XObject << /X 6 0 R >>").AddStream(6, FormEntries("/Y 7 0 R"), "/Y Do /Y Do"u8.ToArray()).AddStream(7, FormEntries("/X 6 0 R"), "/X Do /X Do"u8.ToArray()).Build(),
        "a table of objects in a circle" => Circle(),
        "a length that is itself" => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(RawPdf.OfPage(RawPdf.Show("Text.")).Build()).Replace("/Length 39", "/Length 4 0 R", StringComparison.Ordinal)),
        "a reference that is itself" => RawPdf.OfPage(RawPdf.Show("Text.")).Add(5, "5 0 R").Build(),
        "an object stream in itself" => RawPdf.OfPage("").AddStream(6, "/Type /ObjStm /N 1000000 /First 4 /Extends 6 0 R", "6 0 6 0 R"u8.ToArray()).Add(5, "6 0 R").Build(),
        "a font of itself" => RawPdf.OfPage(RawPdf.Show("Text.")).Add(5, Type0.Replace("6 0 R", "5 0 R", StringComparison.Ordinal)).Build(),
        "no page" => RawPdf.OfPage("").Add(2, "<< /Type /Pages /Kids [] /Count 0 >>").Build(),
        "a million pages that are not there" => RawPdf.OfPage("").Add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>").Build(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static string FormEntries(string objects) => $"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << {objects} >> >>";

    private static byte[] Forms(int depth)
    {
        RawPdf pdf = RawPdf.OfPage("/X Do", "/XObject << /X 6 0 R >>");
        for (int i = 0; i < depth; i++)
            pdf.AddStream(6 + i, FormEntries($"/X {7 + i} 0 R"), "/X Do /X Do"u8.ToArray());
        return pdf.AddStream(6 + depth, "/Type /XObject /Subtype /Form /BBox [0 0 600 800]", "q Q"u8.ToArray()).Build();
    }

    private static byte[] WithWidths(string widths, string resources = "/Font << /F1 5 0 R >>") => RawPdf.OfPage("/G gs " + RawPdf.Show("Text."), resources)
        .Add(5, Type0)
        .Add(6, $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> {widths} >>")
        .Add(7, Type0.Replace(" >>", " /ToUnicode 8 0 R >>", StringComparison.Ordinal))
        .AddPacked(8, "", "/CMapName /X def 1 beginbfrange <00000000> <ffffffff> <0041> endbfrange"u8.ToArray())
        .Build();

    private static byte[] DeepTree(int depth)
    {
        RawPdf pdf = RawPdf.OfPage("");
        for (int i = 0; i < depth; i++)
            pdf.Add(10 + i, $"<< /Type /Pages /Kids [{11 + i} 0 R] /Count 1 >>");
        return pdf.Add(2, "<< /Type /Pages /Kids [10 0 R] /Count 1 >>").Add(10 + depth, "<< /Type /Page /Contents 4 0 R >>").Build();
    }

    private static byte[] Circle()
    {
        byte[] pdf = RawPdf.OfPage(RawPdf.Show("Text.")).Build();
        string text = Encoding.Latin1.GetString(pdf);
        int table = text.LastIndexOf("\nxref", StringComparison.Ordinal) + 1;
        return Encoding.Latin1.GetBytes(text.Replace("/Root 1 0 R", $"/Root 1 0 R /Prev {table}", StringComparison.Ordinal));
    }

    // Nine-bit codes: clear the table, a space, then each code that is not there yet, which is the longest so far and one more.
    private static byte[] Lzw(int bytes)
    {
        using var packed = new MemoryStream();
        ulong held = 0;
        int bits = 0;
        while (packed.Length < bytes)
        {
            Put(256, 9);
            Put(32, 9);
            for (int next = 258; next < 4095; next++)
                Put(next, next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9);
            Put(256, 12);
        }

        return packed.ToArray();

        void Put(int code, int width)
        {
            held = (held << width) | (uint)code;
            for (bits += width; bits >= 8; bits -= 8)
                packed.WriteByte((byte)(held >> (bits - 8)));
        }
    }
}
