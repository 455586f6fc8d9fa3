using System.Buffers.Binary;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Arrow;

/// <summary>A message of the Arrow interprocess format.</summary>
/// <param name="Kind">1 a schema, 2 a dictionary, 3 a batch of rows.</param>
/// <param name="Header">What it says of itself.</param>
/// <param name="BodyStart">Where its body begins.</param>
/// <param name="BodyBytes">Bytes of its body.</param>
internal readonly record struct ArrowMessage(int Kind, FlatTable Header, long BodyStart, long BodyBytes);

/// <summary>
/// The messages of a file (Arrow columnar format, section "Serialization and interprocess communication"): a stream as it is, and a
/// file as the stream that it holds, whose directory is not needed.
/// </summary>
internal sealed class ArrowMessages(Stream stream)
{
    private const int MaxMetadataBytes = 16 << 20;

    private long _next;

    /// <summary>Whether the first bytes are those of a file, which holds a stream behind eight bytes of its own.</summary>
    public static bool IsFile(ReadOnlySpan<byte> head) => head.StartsWith("ARROW1\0\0"u8);

    /// <summary>Whether the first bytes are those of a stream: a message that is a schema.</summary>
    public static bool IsStream(ReadOnlyMemory<byte> head)
    {
        if (head.Length < 16 || BinaryPrimitives.ReadInt32LittleEndian(head.Span) != -1)
            return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head.Span[4..]);
        return length is > 0 and <= MaxMetadataBytes && length % 8 == 0;
    }

    /// <summary>Goes to the beginning.</summary>
    public void Begin(bool isFile) => _next = isFile ? 8 : 0;

    /// <summary>The next message; null at the end.</summary>
    /// <exception cref="InvalidDataException">There is something else, or it is cut off.</exception>
    public async Task<ArrowMessage?> NextAsync(CancellationToken ct)
    {
        byte[] prefix = new byte[8];
        stream.Position = _next;
        int read = await BoundedRead.FillAsync(stream, prefix, ct);
        if (read == 0)
            return null;

        // Before version 0.15 the length stood alone.
        bool isOld = read >= 4 && BinaryPrimitives.ReadInt32LittleEndian(prefix) != -1;
        if (read < (isOld ? 4 : 8))
            throw new InvalidDataException();
        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(isOld ? 0 : 4));
        long start = _next + (isOld ? 4 : 8);
        if (length == 0)
            return null;
        if (length is < 0 or > MaxMetadataBytes || length > stream.Length - start)
            throw new InvalidDataException();

        byte[] metadata = new byte[length];
        stream.Position = start;
        await stream.ReadExactlyAsync(metadata, ct);
        FlatTable message = FlatTable.Root(metadata);
        long body = message.Long(3);
        if (body < 0 || body > stream.Length - start - length || message.Table(2) is not { } header)
            throw new InvalidDataException();
        _next = start + length + body;
        return new ArrowMessage(message.Byte(1), header, start + length, body);
    }
}
