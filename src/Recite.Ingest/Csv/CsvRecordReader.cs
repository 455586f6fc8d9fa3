using Recite.Ingest.Inputs;

namespace Recite.Ingest.Csv;

/// <summary>
/// Splits a stream into records of comma-separated values (RFC 4180): at line feeds that stand in no quotes. Holds one record
/// and no more than the longest that is allowed; longer ones are passed over without being held.
/// </summary>
/// <param name="stream">UTF-8, or another encoding whose multi-byte characters hold no byte below 0x30.</param>
/// <param name="hasQuotes">Whether quotes may enclose a field; tab-separated values have none (IANA text/tab-separated-values).</param>
/// <param name="maxRecordBytes">Longest record.</param>
internal sealed class CsvRecordReader(Stream stream, bool hasQuotes, int maxRecordBytes)
{
    private const int FirstBufferBytes = 1 << 20;

    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;     // of the record that is being looked for
    private int _scanned;   // the state below holds for what is before here
    private int _end;       // of what was read
    private bool _hasEnded;
    private bool _isSkipping;
    private CsvState _state;
    private long _line = 1;

    /// <summary>The record without its line feed; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Record { get; private set; }

    /// <summary>The line on which the record begins, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the record was longer than allowed, in which case <see cref="Record"/> is empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the end of the stream came inside quotes.</summary>
    public bool IsUnclosed { get; private set; }

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <param name="delimiter">What separates fields: quotes enclose a field only right behind it.</param>
    /// <param name="ct">Stops the reading.</param>
    public async ValueTask<bool> ReadAsync(byte delimiter, CancellationToken ct)
    {
        Line = _line;
        while (!TryTakeRecord(delimiter))
        {
            if (_hasEnded)
                return TakeLast();
            ct.ThrowIfCancellationRequested();
            MakeRoom();
            int length = await BoundedRead.FillAsync(stream, _buffer.AsMemory(_end), ct);
            _hasEnded = length < _buffer.Length - _end;
            _end += length;
        }

        return true;
    }

    private bool TryTakeRecord(byte delimiter)
    {
        while (_scanned < _end)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_scanned, _end - _scanned);
            int next = _state switch
            {
                CsvState.Plain => rest.IndexOfAny(delimiter, (byte)'\n'),
                CsvState.Quoted => rest.IndexOf((byte)'"'),
                _ => 0,
            };
            if (_state == CsvState.Quoted)
                _line += rest[..(next < 0 ? rest.Length : next)].Count((byte)'\n');
            if (next < 0)
            {
                _scanned = _end;
                return false;
            }

            _scanned += next + 1;
            byte found = rest[next];
            if (found == (byte)'\n' && _state != CsvState.Quoted)
            {
                _line++;
                Take(_scanned - 1, next: _scanned);
                return true;
            }

            _state = After(found, delimiter);
        }

        return false;
    }

    private CsvState After(byte found, byte delimiter)
    {
        if (_state == CsvState.Quoted)
            return CsvState.QuoteInQuotes;
        if (found == delimiter)
            return CsvState.FieldStart;
        return found == (byte)'"' && hasQuotes && _state != CsvState.Plain ? CsvState.Quoted : CsvState.Plain;
    }

    private bool TakeLast()
    {
        if (_start == _end && !_isSkipping)
            return false;
        IsUnclosed = _state == CsvState.Quoted;
        Take(_end, next: _end);
        return true;
    }

    private void Take(int recordEnd, int next)
    {
        IsTooLong = _isSkipping || recordEnd - _start > maxRecordBytes;
        Record = IsTooLong ? default : _buffer.AsMemory(_start, recordEnd - _start);
        _isSkipping = false;
        _state = CsvState.FieldStart;
        _start = _scanned = next;
    }

    private void MakeRoom()
    {
        if (_isSkipping || _end - _start > maxRecordBytes)
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
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, maxRecordBytes + (long)FirstBufferBytes));
    }
}
