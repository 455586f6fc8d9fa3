using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Recite.Fuzz.Targets;

/// <summary>Small PDFs, written here object by object.</summary>
internal static class PdfSeeds
{
    private const string Page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>";
    private const string Show = "BT /F 12 Tf 20 200 Td [(A li) -20 (ne.)] TJ 0 -14 Td (Another) Tj ET q /X Do Q";
    private const string Form = "/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources << /Font << /F 5 0 R >> >>";
    private const string Map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange endcmap";

    public static IEnumerable<(string, byte[])> Pdf()
    {
        string form = "BT /F 9 Tf 20 100 Td (in a form) Tj ET";
        yield return ("plain", Write("/Root 1 0 R", Stream("", Show), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", Stream(Form, form)));
        yield return ("packed", Write("/Root 1 0 R", Packed("", Show), "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 7 0 R >>", Packed(Form, form), Packed("", Map)));
        yield return ("wide", Write(
            "/Root 1 0 R",
            Stream("/Filter /ASCIIHexDecode", Convert.ToHexString(Encoding.Latin1.GetBytes("BT /F 12 Tf 20 200 Td <00410042> Tj ET")) + ">"),
            "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [8 0 R] /ToUnicode 7 0 R >>",
            Stream(Form, form),
            Stream("", Map.Replace("<00> <ff>", "<0000> <ffff>", StringComparison.Ordinal).Replace("<20> <7e>", "<0020> <007e>", StringComparison.Ordinal)),
            Bytes("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [0 99 500 200 [1 2 3]] >>")));
        yield return ("locked", Write($"/Root 1 0 R /Encrypt 7 0 R /ID [<00> <00>]", Stream("", Show), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", Stream(Form, form), Bytes($"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{new string('0', 64)}> /U <{new string('0', 64)}> >>")));
    }

    private static byte[] Write(string trailer, byte[] content, string font, params byte[][] more)
    {
        byte[][] objects = [Bytes("<< /Type /Catalog /Pages 2 0 R >>"), Bytes("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"), Bytes(Page), content, Bytes(font), .. more];
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n"u8);
        var table = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n"));
        for (int i = 0; i < objects.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Write([.. Bytes(string.Create(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n")), .. objects[i], .. "\nendobj\n"u8]);
        }

        file.Write(Bytes(string.Create(CultureInfo.InvariantCulture, $"{table}trailer\n<< /Size {objects.Length + 1} {trailer} >>\nstartxref\n{file.Length}\n%%EOF\n")));
        return file.ToArray();
    }

    private static byte[] Stream(string entries, string content) => Stream(entries, Bytes(content));

    private static byte[] Stream(string entries, byte[] content) =>
        [.. Bytes(string.Create(CultureInfo.InvariantCulture, $"<< {entries} /Length {content.Length} >>\nstream\n")), .. content, .. "\nendstream"u8];

    private static byte[] Packed(string entries, string content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Bytes(content));
        return Stream(entries + " /Filter /FlateDecode", packed.ToArray());
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
