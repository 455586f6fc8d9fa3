namespace Recite.Ingest.Jsonl;

/// <summary>
/// Splits a stream into lines at line feeds. Holds one line and no more than the longest that is allowed; longer ones are
/// passed over without being held.
/// </summary>
internal sealed class LineReader(Stream stream, int maxLineBytes)
{
    private const int FirstBufferBytes = 1 << 20;

    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;     // of the line that is being looked for
    private int _scanned;   // no line feed before here
    private int _end;       // of what was read
    private bool _hasEnded;
    private bool _isSkipping;

    /// <summary>The line without its line feed; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>The line's number, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line was longer than allowed, in which case <see cref="Line"/> is empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Moves to the next line; false at the end. What follows the last line feed is a line if it is not empty.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken ct) => TryTakeLine() ? new ValueTask<bool>(true) : ReadMoreAsync(ct);

    private async ValueTask<bool> ReadMoreAsync(CancellationToken ct)
    {
        while (!_hasEnded)
        {
            ct.ThrowIfCancellationRequested();
            MakeRoom();
            int length = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
            _end += length;
            _hasEnded = length == 0;
            if (TryTakeLine())
                return true;
        }

        if (_start == _end && !_isSkipping)
            return false;
        Take(_end, next: _end);
        return true;
    }

    private bool TryTakeLine()
    {
        int found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
        if (found < 0)
        {
            _scanned = _end;
            return false;
        }

        Take(_scanned + found, next: _scanned + found + 1);
        return true;
    }

    private void Take(int lineEnd, int next)
    {
        IsTooLong = _isSkipping || lineEnd - _start > maxLineBytes;
        Line = IsTooLong ? default : _buffer.AsMemory(_start, lineEnd - _start);
        Number++;
        _isSkipping = false;
        _start = _scanned = next;
    }

    private void MakeRoom()
    {
        if (_isSkipping || _end - _start > maxLineBytes)
        {
            _isSkipping = true;
            _start = _scanned = _end = 0;
        }
        else if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _scanned -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, maxLineBytes + (long)FirstBufferBytes));
    }
}
