using System.Buffers.Binary;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Zip;

/// <summary>Where the directory of a zip archive lies (APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16).</summary>
/// <param name="DirectoryOffset">Where it begins.</param>
/// <param name="DirectoryBytes">How long it is.</param>
/// <param name="ShiftBytes">Bytes that stand before the archive and that its own offsets do not count.</param>
internal readonly record struct ZipEnd(long DirectoryOffset, long DirectoryBytes, long ShiftBytes)
{
    private const int EndBytes = 22;
    private const int LongestCommentBytes = ushort.MaxValue;
    private const int LocatorBytes = 20;
    private const int End64Bytes = 56;

    /// <summary>Finds the directory; null when the end of the archive is not there or makes no sense.</summary>
    public static async Task<ZipEnd?> FindAsync(Stream stream, CancellationToken ct)
    {
        long length = stream.Length;
        byte[] tail = new byte[(int)Math.Min(length, EndBytes + LongestCommentBytes + LocatorBytes)];
        stream.Position = length - tail.Length;
        if (await BoundedRead.FillAsync(stream, tail, ct) < tail.Length)
            return null;

        for (int at = tail.Length - EndBytes; at >= 0; at--)
        {
            // A comment may hold the mark of an end, but its length would not reach the end of the file.
            if (!tail.AsSpan(at).StartsWith("PK\u0005\u0006"u8) || ReadUInt16(tail, at + 20) != tail.Length - at - EndBytes)
                continue;
            long offset = ReadUInt32(tail, at + 16);
            long bytes = ReadUInt32(tail, at + 12);
            long endOffset = length - tail.Length + at;
            if (offset != uint.MaxValue && bytes != uint.MaxValue && ReadUInt16(tail, at + 10) != ushort.MaxValue)
                return Check(offset, bytes, endOffset);
            if (at < LocatorBytes || !tail.AsSpan(at - LocatorBytes).StartsWith("PK\u0006\u0007"u8))
                return Check(offset, bytes, endOffset);
            return await Find64Async(stream, (long)BinaryPrimitives.ReadUInt64LittleEndian(tail.AsSpan(at - LocatorBytes + 8)), ct);
        }

        return null;
    }

    private static async Task<ZipEnd?> Find64Async(Stream stream, long offset, CancellationToken ct)
    {
        byte[] end = new byte[End64Bytes];
        if (offset < 0 || offset > stream.Length - End64Bytes)
            return null;
        stream.Position = offset;
        if (await BoundedRead.FillAsync(stream, end, ct) < end.Length || !end.AsSpan().StartsWith("PK\u0006\u0006"u8))
            return null;
        return Check(BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(48)), BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(40)), offset);
    }

    // The directory ends where the end mark begins; if it claims to begin earlier, something stands before the archive.
    private static ZipEnd? Check(long offset, long bytes, long endOffset)
    {
        if (offset < 0 || bytes < 0 || bytes > endOffset || offset > endOffset - bytes)
            return null;
        return new ZipEnd(endOffset - bytes, bytes, endOffset - bytes - offset);
    }

    private static int ReadUInt16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint ReadUInt32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
