using Recite.Ingest.Inputs;

namespace Recite.Ingest.Git;

/// <summary>One object out of the answers, which go on behind it.</summary>
internal sealed class GitBlobStream(Stream answers, long lengthBytes) : ForwardStream
{
    private long _left = lengthBytes;

    public override int Read(Span<byte> buffer) => Take(answers.Read(buffer[..(int)Math.Min(buffer.Length, _left)]), buffer.IsEmpty);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Take(await answers.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken), buffer.IsEmpty);

    /// <summary>Reads to the end of the object and over the line end behind it.</summary>
    public async Task SkipRestAsync(CancellationToken ct)
    {
        byte[] waste = new byte[64 << 10];
        while (_left > 0)
            _left -= await answers.ReadAtLeastAsync(waste.AsMemory(0, (int)Math.Min(waste.Length, _left)), minimumBytes: 1, cancellationToken: ct);

        await answers.ReadExactlyAsync(waste.AsMemory(0, 1), ct);
    }

    private int Take(int length, bool isNothingAsked)
    {
        if (length == 0 && _left > 0 && !isNothingAsked)
            throw new EndOfStreamException("git ended before the object did.");
        _left -= length;
        return length;
    }
}
