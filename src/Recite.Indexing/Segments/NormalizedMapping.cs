using System.IO.MemoryMappedFiles;
using Recite.Indexing.Postings;

namespace Recite.Indexing.Segments;

/// <summary>The normalized text of a segment that is being written, mapped so that postings can be ordered by what stands around them.</summary>
internal sealed unsafe class NormalizedMapping : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;

    /// <summary>Maps the bytes of a file from an offset on, of which no more than a budget count as memory at a time.</summary>
    public NormalizedMapping(string path, int offset, long bytes, long budgetBytes)
    {
        // An empty file cannot be mapped, and nothing would be read of it.
        if (bytes == 0)
            return;
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, offset + bytes, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Bytes = new NormalizedBytes(start + offset, bytes, new MappedPages(start, offset + bytes, budgetBytes));
    }

    /// <summary>The text; valid until this is disposed.</summary>
    public NormalizedBytes Bytes { get; }

    public void Dispose()
    {
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }
}
