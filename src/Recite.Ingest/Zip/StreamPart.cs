using Recite.Ingest.Inputs;

namespace Recite.Ingest.Zip;

/// <summary>A part of a stream that others read, too: it remembers its own place. Disposing of it leaves the stream open.</summary>
internal sealed class StreamPart(Stream whole, long start, long lengthBytes) : ForwardStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, lengthBytes - _read);
        if (wanted == 0)
            return 0;
        whole.Position = start + _read;
        int length = whole.Read(buffer[..wanted]);
        _read += length;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span));
    }
}
