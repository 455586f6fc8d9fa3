using System.Runtime.InteropServices;

namespace Recite.Controls.Ngram;

/// <summary>Reads one sorted run from its file, a buffer at a time.</summary>
internal sealed class NgramRun(string path) : IDisposable
{
    private const int BufferRecords = 4096;

    private readonly FileStream _stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    private readonly UInt128[] _buffer = new UInt128[BufferRecords];
    private int _count;
    private int _at;

    public UInt128 Current { get; private set; }

    public bool MoveNext()
    {
        if (_at == _count)
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(_buffer.AsSpan());
            int read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _count = read / (bytes.Length / BufferRecords);
            _at = 0;
            if (_count == 0)
                return false;
        }

        Current = _buffer[_at++];
        return true;
    }

    public void Dispose() => _stream.Dispose();
}
