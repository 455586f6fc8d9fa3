namespace Recite.Indexing.Segments;

/// <summary>
/// Keeps the pages of a mapped file that count as this process's memory within a budget: after so many places as could fill it, all
/// are let go of. They stay in the system's cache, so that what is needed again costs a page fault and no reading. Thread-safe.
/// </summary>
/// <param name="mapped">Where the mapping starts, on a page border.</param>
/// <param name="bytes">Bytes that are mapped.</param>
/// <param name="budgetBytes">Bytes of them that may count at a time, about.</param>
internal sealed unsafe class MappedPages(byte* mapped, long bytes, long budgetBytes)
{
    /// <summary>Places that may be touched between two calls of <see cref="Touch"/>.</summary>
    public const int MostPlacesAtOnce = 256;

    // Linux maps 64 KiB around a byte that is read where the system's cache holds it, and more where that holds larger pages.
    private const long BytesOfPlace = 256 << 10;

    private readonly long _mostPlaces = bytes <= budgetBytes ? long.MaxValue : Math.Max(MostPlacesAtOnce, budgetBytes / BytesOfPlace);
    private long _places;

    /// <summary>Says that so many places of the file are going to be read.</summary>
    public void Touch(int places)
    {
        if (_mostPlaces == long.MaxValue || Interlocked.Add(ref _places, places) <= _mostPlaces)
            return;
        Interlocked.Exchange(ref _places, places);
        MemoryAdvice.Release(mapped, bytes);
    }
}
