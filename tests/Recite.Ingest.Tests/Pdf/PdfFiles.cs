using System.Globalization;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Recite.Ingest.Tests.Pdf;

/// <summary>Good PDFs, set here line by line.</summary>
internal static class PdfFiles
{
    private const double PageWidth = 595;
    private const double PageHeight = 842;

    /// <summary>A PDF of one page with a line of text on each line.</summary>
    public static byte[] Lines(params string[] lines) => Pages([lines]);

    /// <summary>A PDF with so many pages.</summary>
    public static byte[] Pages(params string[][] pages)
    {
        var builder = new PdfDocumentBuilder { IncludeDocumentInformation = false };
        PdfDocumentBuilder.AddedFont font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (string[] lines in pages)
        {
            PdfPageBuilder page = builder.AddPage(PageWidth, PageHeight);
            for (int i = 0; i < lines.Length; i++)
                page.AddText(lines[i], 9, new PdfPoint(60, PageHeight - 80 - (12 * i)), font);
        }

        return builder.Build();
    }

    /// <summary>
    /// A page in two columns under a heading, drawn line by line across the page as some programs do, so that the order in which it is
    /// drawn is not the order in which it is read.
    /// </summary>
    public static byte[] TwoColumns(string heading, IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        var builder = new PdfDocumentBuilder { IncludeDocumentInformation = false };
        PdfDocumentBuilder.AddedFont font = builder.AddStandard14Font(Standard14Font.TimesRoman);
        PdfPageBuilder page = builder.AddPage(PageWidth, PageHeight);
        page.AddText(heading, 16, new PdfPoint(60, PageHeight - 80), font);
        for (int i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            double y = PageHeight - 140 - (11 * i);
            if (i < left.Count)
                page.AddText(left[i], 9, new PdfPoint(60, y), font);
            if (i < right.Count)
                page.AddText(right[i], 9, new PdfPoint(320, y), font);
        }

        return builder.Build();
    }

    /// <summary>Breaks a text into lines of at most so many characters, hyphenating what does not fit.</summary>
    public static List<string> Break(string text, int length)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' '))
        {
            string rest = word;
            if (line.Length > 0 && line.Length + 1 + rest.Length > length)
            {
                int room = length - line.Length - 2;
                if (room >= 3 && rest.Length - room >= 3)
                {
                    line += string.Create(CultureInfo.InvariantCulture, $" {rest[..room]}-");
                    rest = rest[room..];
                }

                lines.Add(line);
                line = "";
            }

            line += line.Length > 0 ? " " + rest : rest;
        }

        lines.Add(line);
        return lines;
    }
}
