namespace Recite.Ingest.Inputs;

/// <summary>Reads streams without trusting the length they claim.</summary>
internal static class BoundedRead
{
    private const int FirstBytes = 64 << 10;

    /// <summary>Reads to the end, or throws when there is more than <paramref name="maxBytes"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>> ToEndAsync(Stream stream, long maxBytes, string label, CancellationToken ct)
    {
        // One byte more than the known length, so that the end is seen without growing.
        long expected = stream is PrefixedStream { KnownBytes: > 0 and long known } ? known + 1 : FirstBytes;
        byte[] buffer = new byte[Math.Clamp(expected, 1, maxBytes + 1)];
        int length = 0;
        while (true)
        {
            length += await FillAsync(stream, buffer.AsMemory(length), ct);
            if (length > maxBytes)
                throw new IngestException(SkipKind.Limit, $"{label} is longer than {Printable.Bytes(maxBytes)}: it was left out; split it, or raise the limit.");
            if (length < buffer.Length)
                return buffer.AsMemory(0, length);
            Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1));
        }
    }

    /// <summary>Fills the buffer unless the stream ends; returns the bytes read.</summary>
    public static async ValueTask<int> FillAsync(Stream stream, Memory<byte> buffer, CancellationToken ct) =>
        await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
}
