namespace Recite.Canaries.Planting;

/// <summary>Writes a new file and knows at which byte and in which line it is.</summary>
internal sealed class PlacedWriter(string path) : IDisposable
{
    private readonly FileStream _stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 << 10);
    private bool _inLine;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Bytes written.</summary>
    public long Offset { get; private set; }

    /// <summary>The line that the next byte belongs to, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Whether a line was begun and not ended.</summary>
    public bool IsInLine => _inLine;

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        _stream.Write(bytes);
        Offset += bytes.Length;
        Line += bytes.Count((byte)'\n');
        _inLine = bytes[^1] != (byte)'\n';
    }

    public void Dispose() => _stream.Dispose();
}
