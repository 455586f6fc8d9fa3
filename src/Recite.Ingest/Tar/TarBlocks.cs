using Recite.Ingest.Inputs;

namespace Recite.Ingest.Tar;

/// <summary>Goes through the headers and contents of a tar archive. Holds one block and, at most, one extended header.</summary>
internal sealed class TarBlocks(InputFile archive)
{
    private const int MaxExtendedBytes = 1 << 20;

    private readonly byte[] _block = new byte[TarHeader.BlockBytes];
    private readonly byte[] _passedOver = new byte[64 << 10];
    private long _contentBytes;   // of the current file that were not read
    private long _padBytes;

    /// <summary>The file at which the archive stands, with the path and the size that its extended headers give.</summary>
    public TarHeader Header { get; private set; }

    /// <summary>Whether the file is stored as a sparse one.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>Moves to the next file, folder or link; false at the mark that ends an archive.</summary>
    /// <exception cref="IngestException">The archive is cut or damaged.</exception>
    public async ValueTask<bool> NextAsync(CancellationToken ct)
    {
        PaxRecords extended = default;
        while (true)
        {
            await PassOverAsync(ct);
            if (await FillAsync(_block, ct) < _block.Length)
                throw Truncated();
            if (!_block.AsSpan().ContainsAnyExcept((byte)0))
                return false;
            if (!TarHeader.TryRead(_block, out TarHeader header))
                throw Damaged();

            long size = header.Type is 'x' or 'g' or 'L' or 'K' ? header.SizeBytes : extended.SizeBytes ?? header.SizeBytes;
            bool hasContent = header.IsFile || header.Type is 'S' or 'x' or 'g' or 'L' or 'K';
            _contentBytes = hasContent ? size : 0;
            _padBytes = -_contentBytes & (TarHeader.BlockBytes - 1);
            if (header.Type is 'x')
            {
                if (!PaxRecords.TryRead(await ReadExtendedAsync(ct), out PaxRecords records))
                    throw Damaged();
                extended = records with { Path = records.Path ?? extended.Path };
            }
            else if (header.Type is 'L')
            {
                extended = extended with { Path = TarHeader.ReadText(await ReadExtendedAsync(ct)) };
            }
            else if (header.Type is not ('g' or 'K'))
            {
                Header = header with { Path = extended.Path ?? header.Path, SizeBytes = size };
                IsSparse = extended.IsSparse;
                return true;
            }
        }
    }

    /// <summary>Reads content of the current file; 0 at its end.</summary>
    /// <exception cref="IngestException">The archive ends before the file does.</exception>
    public async ValueTask<int> ReadContentAsync(Memory<byte> buffer, CancellationToken ct)
    {
        if (_contentBytes == 0 || buffer.IsEmpty)
            return 0;
        int length = await archive.Content.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _contentBytes)], ct);
        if (length == 0)
            throw Truncated();
        _contentBytes -= length;
        return length;
    }

    private async ValueTask<byte[]> ReadExtendedAsync(CancellationToken ct)
    {
        if (_contentBytes > MaxExtendedBytes)
            throw new IngestException(SkipKind.Limit, $"{archive.Label} has an extended header of more than {Printable.Bytes(MaxExtendedBytes)}, which no path needs: the rest of it was left out; pack it anew.");
        byte[] content = new byte[_contentBytes];
        _contentBytes = 0;
        return await FillAsync(content, ct) == content.Length ? content : throw Truncated();
    }

    private async ValueTask PassOverAsync(CancellationToken ct)
    {
        long left = _contentBytes + _padBytes;
        _contentBytes = _padBytes = 0;
        while (left > 0)
        {
            int length = await archive.Content.ReadAsync(_passedOver.AsMemory(0, (int)Math.Min(left, _passedOver.Length)), ct);
            if (length == 0)
                throw Truncated();
            left -= length;
        }
    }

    private ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken ct) => BoundedRead.FillAsync(archive.Content, buffer, ct);

    // Without its end mark an archive may have lost whole files.
    private IngestException Truncated() => new(SkipKind.Damaged, $"{archive.Label} is a tar archive that is truncated: fetch or pack it again.");

    private IngestException Damaged() => new(SkipKind.Damaged, $"{archive.Label} is a tar archive with a damaged header: the rest of it was left out; fetch or pack it again.");
}
