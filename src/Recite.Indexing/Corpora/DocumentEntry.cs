namespace Recite.Indexing.Corpora;

/// <summary>A document of an index.</summary>
/// <param name="Number">Its place in document order among the documents that were not removed, from 0.</param>
/// <param name="Id">Its id.</param>
/// <param name="Uri">Where it came from.</param>
/// <param name="Bytes">UTF-8 bytes of its text.</param>
public sealed record DocumentEntry(long Number, string Id, string Uri, long Bytes)
{
    /// <summary>Whether its text is stored with another document, which need not be there any more.</summary>
    public bool IsCopy { get; init; }
}
