using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Recite.Indexing.Duplicates.Internals;

/// <summary>Lists of numbers in a temporary file: written one behind the other, then read at random.</summary>
internal sealed unsafe class MappedLists(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 18, FileOptions.DeleteOnClose);
    private MemoryMappedFile? _mapped;
    private MemoryMappedViewAccessor? _view;
    private int* _numbers;
    private long _count;

    /// <summary>Writes a list; returns where it begins.</summary>
    public long Add(ReadOnlySpan<int> list)
    {
        long start = _count;
        _file.Write(MemoryMarshal.AsBytes(list));
        _count += list.Length;
        return start;
    }

    /// <summary>Ends the writing.</summary>
    public void Seal()
    {
        _file.Flush();
        if (_count == 0)
            return;
        _mapped = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapped.CreateViewAccessor(0, _count * sizeof(int), MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _numbers = (int*)start;
    }

    /// <summary>A list that was written; the bounds are checked against what was.</summary>
    public ReadOnlySpan<int> this[long start, int length]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(start);
            ArgumentOutOfRangeException.ThrowIfNegative(length);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(start, _count - length);
            return new ReadOnlySpan<int>(_numbers + start, length);
        }
    }

    public void Dispose()
    {
        if (_numbers is not null)
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _mapped?.Dispose();
        _file.Dispose();
    }
}
