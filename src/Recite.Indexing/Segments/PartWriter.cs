namespace Recite.Indexing.Segments;

/// <summary>
/// Streams the payload of one segment file and puts the header in front when the payload is known. The file stands under a
/// temporary name until the segment is complete.
/// </summary>
internal sealed class PartWriter : IDisposable
{
    private readonly FileStream _stream;
    private readonly PartDigest _digest;

    public PartWriter(string temporaryPath, PartKind kind)
    {
        TemporaryPath = temporaryPath;
        Kind = kind;
        _digest = new PartDigest(kind);
        _stream = new FileStream(temporaryPath, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 18);
        _stream.Write(stackalloc byte[PartHeader.Bytes]);
    }

    public string TemporaryPath { get; }

    public PartKind Kind { get; }

    /// <summary>Whether the header is written.</summary>
    public bool IsFinished { get; private set; }

    public long PayloadBytes => _stream.Position - PartHeader.Bytes;

    public void Write(ReadOnlySpan<byte> payload)
    {
        _digest.Append(payload);
        _stream.Write(payload);
    }

    /// <summary>Hands everything written so far to the system, so that the file can be read.</summary>
    public void Flush() => _stream.Flush();

    /// <summary>Writes the header, makes the file durable and returns its entry for the manifest.</summary>
    public ManifestPart Finish(long count, int parameter1 = 0, int parameter2 = 0)
    {
        Span<byte> header = stackalloc byte[PartHeader.Bytes];
        new PartHeader(Kind, PayloadBytes, count, parameter1, parameter2).Write(header);
        long bytes = _stream.Position;
        _stream.Position = 0;
        _stream.Write(header);
        _stream.Flush(flushToDisk: true);
        IsFinished = true;

        // The digest covers payload first, header second: the header is only known at the end, and reading back costs a pass.
        _digest.Append(header);
        return new ManifestPart(PartNames.Of(Kind), bytes, _digest.Finish());
    }

    public void Dispose()
    {
        _stream.Dispose();
        _digest.Dispose();
    }
}
