using System.Text;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Warc;

/// <summary>Goes through the records of a WARC file (ISO 28500, section 5). Holds one header and one block that is asked for.</summary>
internal sealed class WarcInput(InputFile file)
{
    private const int BufferBytes = 256 << 10;
    private const int MaxHeaderBytes = 64 << 10;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private long _blockBytes;   // of the current record that were not read
    private bool _hasEnded;

    /// <summary>The number of the current record, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Moves to the next record; null at the end.</summary>
    /// <exception cref="IngestException">What follows is no record, or ends too early.</exception>
    public async ValueTask<WarcRecord?> NextAsync(CancellationToken ct)
    {
        await PassOverBlockAsync(ct);
        if (!await SkipLineEndsAsync(ct))
            return null;
        string? header = await ReadHeaderAsync(ct);
        if (header is null || !WarcRecord.TryParse(header, out WarcRecord record))
            throw new IngestException(SkipKind.Damaged, $"{file.Label} is damaged or truncated behind record {Number}: the rest of it was left out; fetch it again.");
        Number++;
        _blockBytes = record.BlockBytes;
        return record;
    }

    /// <summary>Reads the block of the current record.</summary>
    /// <exception cref="IngestException">It is longer than allowed, or cut.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadBlockAsync(long maxBytes, string label, CancellationToken ct)
    {
        if (_blockBytes > maxBytes)
            throw new IngestException(SkipKind.Limit, $"{label} is longer than {Printable.Bytes(maxBytes)}: it was left out; split it, or raise the limit.");

        // Grown as bytes come, since the length is a claim.
        byte[] block = new byte[(int)Math.Min(_blockBytes, BufferBytes)];
        int length = 0;
        while (_blockBytes > 0)
        {
            if (length == block.Length)
                Array.Resize(ref block, (int)Math.Min(block.Length * 2L, length + _blockBytes));
            int taken = await TakeAsync(block.AsMemory(length), ct);
            length += taken;
        }

        return block.AsMemory(0, length);
    }

    private async ValueTask PassOverBlockAsync(CancellationToken ct)
    {
        while (_blockBytes > 0)
            await TakeAsync(default, ct);
    }

    // Takes as much of the block as there is; into nowhere when the target is empty.
    private async ValueTask<int> TakeAsync(Memory<byte> target, CancellationToken ct)
    {
        if (_start == _end && !await FillAsync(ct))
            throw new IngestException(SkipKind.Damaged, $"{file.Label} is truncated in record {Number}: the rest of it is missing; fetch it again.");
        int length = (int)Math.Min(_blockBytes, _end - _start);
        if (!target.IsEmpty)
        {
            length = Math.Min(length, target.Length);
            _buffer.AsMemory(_start, length).CopyTo(target);
        }

        _start += length;
        _blockBytes -= length;
        return length;
    }

    // Two line ends separate records; some programs write more or fewer.
    private async ValueTask<bool> SkipLineEndsAsync(CancellationToken ct)
    {
        while (true)
        {
            while (_start < _end)
            {
                if (_buffer[_start] is not ((byte)'\r' or (byte)'\n'))
                    return true;
                _start++;
            }

            if (!await FillAsync(ct))
                return false;
        }
    }

    private async ValueTask<string?> ReadHeaderAsync(CancellationToken ct)
    {
        while (true)
        {
            ReadOnlySpan<byte> seen = _buffer.AsSpan(_start, _end - _start);
            int end = seen.IndexOf("\r\n\r\n"u8);
            int after = end + 4;
            if (end < 0)
            {
                end = seen.IndexOf("\n\n"u8);
                after = end + 2;
            }

            if (end >= 0 && end <= MaxHeaderBytes)
            {
                string header = Encoding.UTF8.GetString(seen[..end]);
                _start += after;
                return header;
            }

            if (seen.Length > MaxHeaderBytes || !await FillAsync(ct))
                return null;
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        if (_hasEnded)
            return false;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int length = await file.Content.ReadAsync(_buffer.AsMemory(_end), ct);
        _end += length;
        _hasEnded = length == 0;
        return length > 0;
    }
}
