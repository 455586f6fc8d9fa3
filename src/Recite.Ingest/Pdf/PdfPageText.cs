using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;

namespace Recite.Ingest.Pdf;

/// <summary>
/// Makes text of letters that lie about on a page: words by nearest neighbours, blocks of lines by Docstrum (O'Gorman, The document
/// spectrum for page layout analysis, 1993), blocks in reading order by their places and the order in which they were drawn.
/// </summary>
internal static class PdfPageText
{
    private const double OverlapTolerance = 5;   // in points, between blocks that count as beside and not upon each other
    private const int MaxBlocksToOrder = 1000;   // ordering compares all with all, more than once

    /// <summary>The text, with a line end after each line and an empty line between blocks; empty when there is none.</summary>
    public static string Of(PdfPageLetters page, PdfGuard guard)
    {
        IReadOnlyList<Letter> letters = OverprintedLetters.Remove(page.Letters);
        if (!letters.Any(static letter => !string.IsNullOrWhiteSpace(letter.Value)))
            return "";

        var words = new NearestNeighbourWordExtractor(new NearestNeighbourWordExtractor.NearestNeighbourWordExtractorOptions
        {
            MaxDegreeOfParallelism = 1,
            DistanceMeasure = (a, b) => Measure(guard, Distances.Euclidean(a, b)),
            DistanceMeasureAA = (a, b) => Measure(guard, Distances.Manhattan(a, b)),
        }).GetWords(letters).ToList();
        guard.Check();
        IReadOnlyList<TextBlock> blocks = new DocstrumBoundingBoxes(new DocstrumBoundingBoxes.DocstrumBoundingBoxesOptions { MaxDegreeOfParallelism = 1 }).GetBlocks(words);
        guard.Check();
        IEnumerable<TextBlock> ordered = blocks.Count > MaxBlocksToOrder
            ? blocks
            : new UnsupervisedReadingOrderDetector(OverlapTolerance, UnsupervisedReadingOrderDetector.SpatialReasoningRules.ColumnWise, useRenderingOrder: true).Get(blocks);
        return Join(ordered);
    }

    private static string Join(IEnumerable<TextBlock> blocks)
    {
        var text = new StringBuilder();
        foreach (TextBlock block in blocks)
        {
            int start = text.Length;
            foreach (TextLine line in block.TextLines)
            {
                int lineStart = text.Length;
                foreach (Word word in line.Words)
                    Append(text, word.Text, lineStart);
                if (text.Length > lineStart)
                    text.Append('\n');
            }

            if (text.Length > start)
                text.Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string word, int lineStart)
    {
        if (string.IsNullOrWhiteSpace(word))
            return;
        if (text.Length > lineStart)
            text.Append(' ');
        foreach (char c in word)
            text.Append(char.IsControl(c) ? ' ' : c);
    }

    private static double Measure(PdfGuard guard, double distance)
    {
        guard.Check();
        return distance;
    }
}
