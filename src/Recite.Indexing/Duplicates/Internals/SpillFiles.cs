using System.Runtime.InteropServices;

namespace Recite.Indexing.Duplicates.Internals;

/// <summary>Records dealt out to files, so that each file fits in memory when it is read back whole.</summary>
/// <typeparam name="T">The record, of fixed size.</typeparam>
internal sealed class SpillFiles<T> : IDisposable
    where T : unmanaged
{
    private const int BufferRecords = 512;

    private readonly FileStream[] _files;
    private readonly T[][] _buffers;
    private readonly int[] _filled;

    public SpillFiles(string folder, string name, int count)
    {
        _files = new FileStream[count];
        for (int i = 0; i < count; i++)
            _files[i] = new FileStream(Path.Combine(folder, $"{name}-{i}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        _buffers = new T[count][];
        _filled = new int[count];
    }

    public int Count => _files.Length;

    public void Add(int file, T record)
    {
        T[] buffer = _buffers[file] ??= new T[BufferRecords];
        buffer[_filled[file]++] = record;
        if (_filled[file] == buffer.Length)
            Flush(file);
    }

    /// <summary>All records of a file, whose room on the disk is then free.</summary>
    public T[] Take(int file)
    {
        Flush(file);
        FileStream stream = _files[file];
        var records = new T[stream.Length / Marshal.SizeOf<T>()];
        stream.Position = 0;
        stream.ReadExactly(MemoryMarshal.AsBytes(records.AsSpan()));
        stream.SetLength(0);
        return records;
    }

    public void Dispose()
    {
        foreach (FileStream? file in _files)
            file?.Dispose();
    }

    private void Flush(int file)
    {
        if (_buffers[file] is { } buffer)
            _files[file].Write(MemoryMarshal.AsBytes(buffer.AsSpan(0, _filled[file])));
        _filled[file] = 0;
    }
}
