using System.Buffers.Binary;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Parquet;

/// <summary>Looks at the two ends of a Parquet file before its library does (parquet-format, section "File format").</summary>
internal static class ParquetFooter
{
    private const int MagicBytes = 4;
    private const int TailBytes = 8;
    private const int MaxFooterBytes = 16 << 20;

    /// <summary>Throws when the file is none, is encrypted, cut, or describes itself at a length or with counts that cannot be.</summary>
    /// <exception cref="IngestException">It is.</exception>
    public static async Task RefuseBrokenAsync(Stream stream, InputFile file, CancellationToken ct)
    {
        if (!file.Head.Span.StartsWith("PAR"u8))
            throw new IngestException(SkipKind.WrongName, $"{file.Label} is not a Parquet file, whatever its name says: rename it to what it is.");
        byte[] tail = new byte[TailBytes];
        long length = stream.Length;
        stream.Position = Math.Max(0, length - TailBytes);
        int read = await BoundedRead.FillAsync(stream, tail, ct);
        if (file.Head.Span.StartsWith("PARE"u8) || tail.AsSpan(MagicBytes).SequenceEqual("PARE"u8))
            throw new IngestException(SkipKind.Encrypted, $"{file.Label} is an encrypted Parquet file: decrypt it first.");
        if (read < TailBytes || !tail.AsSpan(MagicBytes).SequenceEqual("PAR1"u8))
            throw new IngestException(SkipKind.Damaged, $"{file.Label} is a Parquet file that is truncated or damaged at its end: fetch it again.");

        uint footerBytes = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (footerBytes > length - TailBytes - MagicBytes)
            throw Damaged(file.Label);
        if (footerBytes > MaxFooterBytes)
            throw new IngestException(SkipKind.Limit, $"{file.Label} describes itself in more than {Printable.Bytes(MaxFooterBytes)}: write it with fewer columns or row groups.");
        byte[] footer = new byte[footerBytes];
        stream.Position = length - TailBytes - footerBytes;
        if (await BoundedRead.FillAsync(stream, footer, ct) < footer.Length || !new ThriftReader(footer).TrySkipStruct())
            throw Damaged(file.Label);
        stream.Position = 0;
    }

    /// <summary>The error for a file whose description makes no sense.</summary>
    public static IngestException Damaged(string label, Exception? inner = null)
    {
        string sentence = $"{label} is a Parquet file that is damaged, or of a kind that is not read here: fetch it again, or write it anew.";
        return inner is null ? new IngestException(SkipKind.Damaged, sentence) : new IngestException(SkipKind.Damaged, sentence, inner);
    }
}
