using System.Buffers;

namespace Recite.Indexing.Text.Internals;

/// <summary>Bytes on their way to a writer, asked for in pieces so large that calls are rare.</summary>
internal ref struct CodeOutput(IBufferWriter<byte> writer)
{
    private const int PieceBytes = 16 << 10;

    private Span<byte> _room;
    private int _used;
    private long _flushed;

    /// <summary>Bytes written so far.</summary>
    public readonly long Written => _flushed + _used;

    public void Write(byte value)
    {
        if (_used == _room.Length)
            Reserve(1);
        _room[_used++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_room.Length - _used < bytes.Length)
            Reserve(bytes.Length);
        bytes.CopyTo(_room[_used..]);
        _used += bytes.Length;
    }

    public void Flush()
    {
        writer.Advance(_used);
        _flushed += _used;
        _used = 0;
        _room = default;
    }

    private void Reserve(int count)
    {
        Flush();
        _room = writer.GetSpan(Math.Max(count, PieceBytes));
    }
}
