using Recite.Indexing;

namespace Recite.Canaries.Planting;

/// <summary>Reads a file line by line as bytes, line ends included, in bounded memory. A byte order mark is kept apart.</summary>
internal sealed class LineReader : IDisposable
{
    private const int LongestLine = 64 << 20;

    private readonly FileStream _stream;
    private readonly string _path;
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    public LineReader(string path)
    {
        _path = path;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        while (_end < 3 && Fill())
        {
            // A short read is no short file.
        }

        ReadOnlySpan<byte> head = _buffer.AsSpan(0, _end);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new ReciteException($"{path} is UTF-16; canaries are planted into UTF-8 only: convert the file first.");
        _start = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        Mark = head[.._start].ToArray();
    }

    /// <summary>The byte order mark; empty for most files.</summary>
    public byte[] Mark { get; }

    /// <summary>The number of the last line that was read, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The next line with its line end; valid until the next call.</summary>
    /// <exception cref="ReciteException">A line is longer than 64 MiB.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = _start;
        while (true)
        {
            int at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0)
                return Take(searched + at + 1, out line);
            searched = _end - _start;
            if (!Fill())
                return Take(_end, out line);
            searched += _start;
        }
    }

    public void Dispose() => _stream.Dispose();

    private bool Take(int end, out ReadOnlySpan<byte> line)
    {
        line = _buffer.AsSpan(_start, end - _start);
        _start = end;
        if (line.IsEmpty)
            return false;
        Line++;
        return true;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
                throw new ReciteException(FormattableString.Invariant($"{_path}:{Line + 1}: the line is longer than 64 MiB; canaries are planted into files of shorter lines."));
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
