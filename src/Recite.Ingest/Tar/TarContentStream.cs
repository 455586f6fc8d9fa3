using Recite.Ingest.Inputs;

namespace Recite.Ingest.Tar;

/// <summary>The content of the file at which a tar archive stands. It ends where the file ends, or says that the archive is cut.</summary>
internal sealed class TarContentStream(TarBlocks blocks) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        byte[] copy = new byte[buffer.Length];
        ValueTask<int> reading = blocks.ReadContentAsync(copy, default);
        int length = reading.IsCompleted ? reading.GetAwaiter().GetResult() : reading.AsTask().GetAwaiter().GetResult();
        copy.AsSpan(0, length).CopyTo(buffer);
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        blocks.ReadContentAsync(buffer, cancellationToken);
}
