using System.IO.Compression;
using Recite.Ingest.Containers;
using Recite.Ingest.Inputs;
using ZstdSharp;

namespace Recite.Ingest.Compression;

/// <summary>
/// Unpacks a compressed input, refuses bombs, and says in one sentence what is wrong with a broken one.
/// A truncated file throws; it never looks like a shorter one.
/// </summary>
internal sealed class UnpackingStream : ForwardStream
{
    private const int PackedBufferBytes = 256 << 10;

    private readonly CountingStream _packed;
    private readonly Stream _unpacked;
    private readonly IngestOptions _options;
    private readonly string _label;
    private readonly PackedFormat _format;
    private readonly UnpackBudget? _budget;
    private long _unpackedBytes;

    static UnpackingStream() =>
        // Without it GZipStream takes the end of a truncated file for the end of its content and says nothing. Our own programs have
        // it in their configuration; elsewhere it holds if nothing was unpacked before.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    public UnpackingStream(Stream packed, PackedFormat format, IngestOptions options, string label, UnpackBudget? budget = null)
    {
        _options = options;
        _label = label;
        _format = format;
        _budget = budget;
        _packed = new CountingStream(new BufferedStream(packed, PackedBufferBytes));
        _unpacked = format == PackedFormat.Gzip
            ? new GZipStream(_packed, CompressionMode.Decompress)
            : new DecompressionStream(_packed, leaveOpen: false);
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(_unpacked.Read(buffer));
        }
        catch (Exception error) when (IsBroken(error))
        {
            throw Broken(error);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await _unpacked.ReadAsync(buffer, cancellationToken));
        }
        catch (Exception error) when (IsBroken(error))
        {
            throw Broken(error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int bytes)
    {
        _unpackedBytes += bytes;
        _budget?.Charge(bytes);
        if (_unpackedBytes > _options.MaxUnpackedBytes)
            throw new IngestException(SkipKind.Limit, $"{_label} unpacks to more than {Printable.Bytes(_options.MaxUnpackedBytes)}: split it, or raise the limit.");
        if (_unpackedBytes > UnpackBudget.HarmlessBytes && _unpackedBytes / _options.MaxExpansionRatio > _packed.BytesRead)
            throw new IngestException(SkipKind.Limit, $"{_label} unpacks to more than {_options.MaxExpansionRatio} times its size and was taken for a decompression bomb: unpack it yourself if it is meant.");
        return bytes;
    }

    private static bool IsBroken(Exception error) => error is InvalidDataException or EndOfStreamException or ZstdException;

    private IngestException Broken(Exception error)
    {
        string format = PackedName.Describe(_format);
        string what = _packed.HasEnded
            ? $"is a {format} file that is truncated or damaged at its end"
            : $"is a damaged {format} file";
        return new IngestException(SkipKind.Damaged, $"{_label} {what}: fetch or pack it again.", error);
    }
}
