using Recite.Ingest.Inputs;

namespace Recite.Ingest.Compression;

/// <summary>Counts the packed bytes that an unpacker has taken.</summary>
internal sealed class CountingStream(Stream inner) : ForwardStream
{
    public long BytesRead { get; private set; }

    /// <summary>Whether the end has been met.</summary>
    public bool HasEnded { get; private set; }

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer), buffer.Length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int bytes, int wanted)
    {
        BytesRead += bytes;
        HasEnded |= bytes == 0 && wanted > 0;
        return bytes;
    }
}
