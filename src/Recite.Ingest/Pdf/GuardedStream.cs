namespace Recite.Ingest.Pdf;

/// <summary>
/// A file as the library reads it: byte by byte, at any place. Asks the guard at every refill and now and then between, and
/// never touches the file again when the guard is over, since the file may be somebody else's by then.
/// </summary>
internal sealed class GuardedStream(Stream file, PdfGuard guard) : Stream
{
    private const int WindowBytes = 64 << 10;
    private const int MovesPerCheck = 4096;

    private readonly byte[] _window = new byte[WindowBytes];
    private readonly long _length = file.Length;
    private long _windowStart;
    private int _windowLength;
    private long _position;
    private int _moves;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (++_moves % MovesPerCheck == 0)
                guard.Check();
            _position = value;
        }
    }

    public override int ReadByte() => Fill() ? _window[_position++ - _windowStart] : -1;

    // The library takes what one call gives for all there is, so that this one never stops in the middle.
    public override int Read(Span<byte> buffer)
    {
        int read = 0;
        while (read < buffer.Length && Fill())
        {
            ReadOnlySpan<byte> there = _window.AsSpan((int)(_position - _windowStart), (int)(_windowStart + _windowLength - _position));
            there = there[..Math.Min(there.Length, buffer.Length - read)];
            there.CopyTo(buffer[read..]);
            _position += there.Length;
            read += there.Length;
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Fill()
    {
        if (_position >= _windowStart && _position < _windowStart + _windowLength)
            return true;
        if (_position >= _length)
            return false;
        guard.Check();

        // Readers go back as often as on: the window reaches both ways.
        _windowStart = Math.Max(0, _position - (WindowBytes / 4));
        file.Position = _windowStart;
        _windowLength = file.ReadAtLeast(_window, WindowBytes, throwOnEndOfStream: false);
        return _position < _windowStart + _windowLength;
    }
}
