using System.IO.MemoryMappedFiles;

namespace Recite.Indexing.Segments;

/// <summary>
/// A segment file mapped into memory. Every access is checked against the payload's length, so a corrupted offset becomes an
/// error and never a read outside the file. Safe for any number of concurrent readers.
/// </summary>
internal sealed unsafe class MappedPart : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _payload;
    private readonly string _path;
    private bool _disposed;

    private MappedPart(string path, MemoryMappedFile file, MemoryMappedViewAccessor view, PartHeader header, byte* start)
    {
        (_path, _file, _view, Header) = (path, file, view, header);
        _payload = start + PartHeader.Bytes;
    }

    public PartHeader Header { get; }

    /// <summary>Maps a part after checking its length against the manifest and its header.</summary>
    public static MappedPart Open(string path, PartKind kind, long expectedBytes)
    {
        FileStream stream = OpenStream(path);
        if (stream.Length != expectedBytes || stream.Length < PartHeader.Bytes)
        {
            long actual = stream.Length;
            stream.Dispose();
            throw Corrupt(path, $"it has {actual} bytes where the manifest says {expectedBytes}");
        }

        MemoryMappedFile file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, expectedBytes, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            return new MappedPart(path, file, view, Check(path, kind, expectedBytes, new ReadOnlySpan<byte>(start, PartHeader.Bytes)), start);
        }
        catch
        {
            // A pointer that was acquired keeps the file mapped for as long as the process lives.
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// First byte of the payload, for readers that have checked the part's length against its widths and every position they take
    /// from it. Valid until this is disposed.
    /// </summary>
    public byte* Payload
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _payload;
        }
    }

    /// <summary>Bytes of the payload.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);

        // The one bounds check of the format: both sums fit in a long because offset and length are checked to be non-negative.
        if (offset < 0 || length < 0 || offset > Header.PayloadBytes - length)
            throw Corrupt($"it points to byte {offset}, beyond its end");
        return new ReadOnlySpan<byte>(_payload + offset, length);
    }

    public ReciteException Corrupt(string how) => Corrupt(_path, how);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    internal static ReciteException Corrupt(string path, string how) =>
        new($"The index file '{Path.GetFileName(path)}' is damaged: {how}. Run 'recite index verify' for all that is wrong, then build the index anew.");

    private static FileStream OpenStream(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (IOException e)
        {
            throw new ReciteException($"The index file '{Path.GetFileName(path)}' cannot be opened: {e.Message}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ReciteException($"The index file '{Path.GetFileName(path)}' cannot be opened: {e.Message}", e);
        }
    }

    private static PartHeader Check(string path, PartKind kind, long fileBytes, ReadOnlySpan<byte> start)
    {
        PartHeader? header = PartHeader.Read(start, out int version);
        if (version > PartHeader.FormatVersion)
            throw new ReciteException($"The index file '{Path.GetFileName(path)}' has format version {version}; this program reads up to {PartHeader.FormatVersion}. Use a newer Recite.");
        if (header is not { } read)
            throw Corrupt(path, "its header is not what was written");
        if (read.Kind != kind || read.PayloadBytes != fileBytes - PartHeader.Bytes)
            throw Corrupt(path, "its header does not fit the manifest");
        return read;
    }
}
