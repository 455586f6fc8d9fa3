using System.IO.Compression;
using System.Text;

namespace Recite.Ingest.Tests.Pdf;

/// <summary>A PDF written object by object, so that any of them can be wrong.</summary>
internal sealed class RawPdf
{
    public const string Helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";

    private readonly SortedDictionary<int, byte[]> _objects = [];

    /// <summary>What the trailer says beside its size.</summary>
    public string Trailer { get; set; } = "/Root 1 0 R";

    /// <summary>A PDF with one page, whose content is object 4 and whose font /F1 is object 5.</summary>
    public static RawPdf OfPage(string content, string resources = "/Font << /F1 5 0 R >>")
    {
        var pdf = new RawPdf();
        pdf.Add(1, "<< /Type /Catalog /Pages 2 0 R >>");
        pdf.Add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        pdf.Add(3, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << {resources} >> >>");
        pdf.AddStream(4, "", Encoding.Latin1.GetBytes(content));
        pdf.Add(5, Helvetica);
        return pdf;
    }

    /// <summary>Content that shows a line of text.</summary>
    public static string Show(string text, int x = 50, int y = 700) => $"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n";

    /// <summary>Adds or replaces an object.</summary>
    public RawPdf Add(int number, string content)
    {
        _objects[number] = Encoding.Latin1.GetBytes(content);
        return this;
    }

    /// <summary>Adds or replaces a stream.</summary>
    public RawPdf AddStream(int number, string entries, byte[] content)
    {
        _objects[number] = [.. Encoding.Latin1.GetBytes($"<< {entries} /Length {content.Length} >>\nstream\n"), .. content, .. "\nendstream"u8];
        return this;
    }

    /// <summary>Adds or replaces a stream that is packed.</summary>
    public RawPdf AddPacked(int number, string entries, byte[] content) => AddStream(number, entries + " /Filter /FlateDecode", Flate(content));

    /// <summary>Writes the file with its table of objects.</summary>
    public byte[] Build()
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n"u8);
        var offsets = new SortedDictionary<int, long>();
        foreach ((int number, byte[] content) in _objects)
        {
            offsets[number] = file.Length;
            file.Write(Encoding.Latin1.GetBytes($"{number} 0 obj\n"));
            file.Write(content);
            file.Write("\nendobj\n"u8);
        }

        long table = file.Length;
        int size = _objects.Keys.Last() + 1;
        var end = new StringBuilder($"xref\n0 {size}\n0000000000 65535 f \n");
        for (int number = 1; number < size; number++)
            end.Append(offsets.TryGetValue(number, out long offset) ? $"{offset:D10} 00000 n \n" : "0000000000 00000 f \n");
        end.Append($"trailer\n<< /Size {size} {Trailer} >>\nstartxref\n{table}\n%%EOF\n");
        file.Write(Encoding.Latin1.GetBytes(end.ToString()));
        return file.ToArray();
    }

    public static byte[] Flate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return packed.ToArray();
    }
}
