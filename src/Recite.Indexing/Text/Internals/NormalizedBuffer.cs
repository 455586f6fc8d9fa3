using System.Buffers;

namespace Recite.Indexing.Text.Internals;

/// <summary>One array that grows to hold a normalized text.</summary>
internal sealed class NormalizedBuffer(int expectedLength) : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[Math.Min((long)expectedLength + AsciiFolder.Slack, Array.MaxLength)];
    private int _count;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        long needed = (long)_count + Math.Max(sizeHint, 1);
        if (needed > Array.MaxLength)
            throw new ReciteException($"A document of this size normalizes to more than {Array.MaxLength} bytes: cut it into smaller documents.");
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(needed, (long)_bytes.Length * 3 / 2), Array.MaxLength));
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
