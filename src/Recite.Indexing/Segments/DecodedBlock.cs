using Recite.Indexing.Text;

namespace Recite.Indexing.Segments;

/// <summary>A block of the text part with its normalized bytes laid out at their coordinates. Immutable once made.</summary>
/// <param name="Row">Where it stands.</param>
/// <param name="Original">The original text.</param>
/// <param name="NormalizedStart">Coordinate of the first normalized byte; for the first block this is 0.</param>
/// <param name="Normalized">Normalized bytes and gaps up to the next block's start; none where the segment stores them.</param>
/// <param name="Points">Its check points, in order.</param>
internal sealed record DecodedBlock(BlockRow Row, byte[] Original, long NormalizedStart, byte[] Normalized, CheckPoint[] Points)
{
    /// <summary>The part of a document's original text that this block holds, as a span of <see cref="Original"/>.</summary>
    public TextSpan PieceOf(DocumentRow document)
    {
        long start = Math.Clamp(document.OriginalStart - Row.OriginalStart, 0, Original.Length);
        long end = Math.Clamp(document.OriginalStart + document.OriginalBytes - Row.OriginalStart, start, Original.Length);
        return new TextSpan((int)start, (int)end);
    }

    /// <summary>Coordinate of the first normalized byte of that piece.</summary>
    public long PieceNormalizedStart(DocumentRow document) => Math.Max(document.NormalizedStart, Row.NormalizedStart);
}
