namespace Recite.Indexing.Segments;

/// <summary>
/// Where a stretch of a block's text begins in either form. From one check point to the next, or to the end of the document's piece, the
/// text is mapped back by itself: it is at most <see cref="MostBytes"/> long, or a single cluster, which takes no normalizing.
/// </summary>
/// <param name="Original">Bytes of original text between the block's start and here.</param>
/// <param name="Normalized">Bytes of normalized text and gaps between the block's start and here.</param>
/// <param name="IsOneCluster">Whether the whole stretch is one cluster.</param>
internal readonly record struct CheckPoint(int Original, int Normalized, bool IsOneCluster)
{
    /// <summary>Bytes of original text that are normalized again, at most, to map a place back.</summary>
    public const int MostBytes = 4 << 10;
}
