using Recite.Indexing.Text;

namespace Recite.Indexing.Segments;

/// <summary>
/// Maps normalized coordinates of a segment back to original text, by normalizing the stretch again that holds them: at most
/// <see cref="CheckPoint.MostBytes"/> for each end of a span. Safe for concurrent readers.
/// </summary>
internal sealed class OriginalPlaces(BlockReader blocks, TextNormalizer normalizer)
{
    /// <summary>
    /// The smallest span of whole clusters of the document's original text that covers normalized coordinates
    /// [<paramref name="start"/>, <paramref name="end"/>) of the segment; in UTF-8 bytes from the document's first byte.
    /// </summary>
    public (long Start, long End) ToOriginal(DocumentRow document, long start, long end)
    {
        Stretch first = Find(document, start), last = Find(document, end - 1);
        NormalizedText? firstMap = Map(first);
        NormalizedText? lastMap = first == last ? firstMap : Map(last);
        return (
            first.Block.Row.OriginalStart + Locate(first, firstMap, start).Start - document.OriginalStart,
            last.Block.Row.OriginalStart + Locate(last, lastMap, end - 1).End - document.OriginalStart);
    }

    private Stretch Find(DocumentRow document, long position)
    {
        DecodedBlock block = blocks.AtNormalized(position);
        TextSpan piece = block.PieceOf(document);
        var stretch = new Stretch(block, piece, block.PieceNormalizedStart(document), IsOneCluster: false);
        if (piece.IsEmpty || position < stretch.NormalizedStart)
            throw blocks.Corrupt("a match lies outside its document");

        // There are eight or nine for a document that fills the block, and none for most documents.
        foreach (CheckPoint point in block.Points)
        {
            if (point.Original < piece.Start)
                continue;
            if (point.Original >= piece.End)
                break;
            long normalizedStart = block.Row.NormalizedStart + point.Normalized;
            if (normalizedStart > position)
                return stretch with { Original = new TextSpan(stretch.Original.Start, point.Original) };
            stretch = new Stretch(block, new TextSpan(point.Original, piece.End), normalizedStart, point.IsOneCluster);
        }

        return stretch;
    }

    private NormalizedText? Map(Stretch stretch) =>
        stretch.IsOneCluster ? null : normalizer.NormalizeWithMap(stretch.Block.Original.AsMemory(stretch.Original.Start, stretch.Original.Length));

    /// <summary>Where the cluster that a position belongs to stands in the block.</summary>
    private TextSpan Locate(Stretch stretch, NormalizedText? map, long position)
    {
        if (map is null)
            return stretch.Original;

        long offset = position - stretch.NormalizedStart;
        if (offset < 0 || offset >= map.Bytes.Length)
            throw blocks.Corrupt("a match lies outside its document");
        TextSpan original = map.ToOriginalOutside(new TextSpan((int)offset, (int)offset + 1));
        return new TextSpan(stretch.Original.Start + original.Start, stretch.Original.Start + original.End);
    }

    /// <summary>Text between two check points.</summary>
    private readonly record struct Stretch(DecodedBlock Block, TextSpan Original, long NormalizedStart, bool IsOneCluster);
}
