using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Recite.Ingest.Encodings;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Zip;

/// <summary>
/// The directory of a zip archive (APPNOTE.TXT 6.3.10, section 4.3.12), read whole and bounded: the base class library's reader
/// believes every count and size, checks no checksum, and lets files lie in one another.
/// </summary>
internal static class ZipDirectory
{
    private const int MaxDirectoryBytes = 64 << 20;
    private const int HeaderBytes = 46;
    private const int LocalHeaderBytes = 30;
    private const int EncryptedFlags = 1 | (1 << 6) | (1 << 13);
    private const int Utf8Flag = 1 << 11;

    /// <summary>Reads the entries in the order of the directory.</summary>
    /// <exception cref="IngestException">There is no directory, it is damaged or too long, or files lie in one another.</exception>
    public static async Task<IReadOnlyList<ZipEntry>> ReadAsync(Stream stream, string label, CancellationToken ct)
    {
        if (await ZipEnd.FindAsync(stream, ct) is not { } end)
            throw new IngestException(SkipKind.Damaged, $"{label} is a ZIP archive without its end, so that it is truncated or damaged: fetch or pack it again.");
        if (end.DirectoryBytes > MaxDirectoryBytes)
            throw new IngestException(SkipKind.Limit, $"{label} is a ZIP archive with a directory of more than {Printable.Bytes(MaxDirectoryBytes)}: pack it as several, or as tar.");

        byte[] directory = new byte[end.DirectoryBytes];
        stream.Position = end.DirectoryOffset;
        if (await BoundedRead.FillAsync(stream, directory, ct) < directory.Length)
            throw Damaged(label);
        List<ZipEntry> entries = Parse(directory, end.ShiftBytes, label);
        RefuseOverlap(entries, end.DirectoryOffset, label);
        return entries;
    }

    private static List<ZipEntry> Parse(ReadOnlySpan<byte> rest, long shift, string label)
    {
        var entries = new List<ZipEntry>();
        while (!rest.IsEmpty)
        {
            if (rest.Length < HeaderBytes || !rest.StartsWith("PK\u0001\u0002"u8))
                throw Damaged(label);
            int nameBytes = ReadUInt16(rest, 28);
            int extraBytes = ReadUInt16(rest, 30);
            int commentBytes = ReadUInt16(rest, 32);
            if (rest.Length - HeaderBytes < nameBytes + extraBytes + commentBytes || nameBytes > Containers.ContainedPath.MaxBytes)
                throw Damaged(label);

            int flags = ReadUInt16(rest, 8);
            var sizes = new ZipSizes(ReadUInt32(rest, 24), ReadUInt32(rest, 20), ReadUInt32(rest, 42));
            if (!sizes.TryReadExtra(rest.Slice(HeaderBytes + nameBytes, extraBytes)))
                throw Damaged(label);
            entries.Add(new ZipEntry(
                Name(rest.Slice(HeaderBytes, nameBytes), (flags & Utf8Flag) != 0),
                ReadUInt16(rest, 10),
                (flags & EncryptedFlags) != 0,
                ReadUInt32(rest, 16),
                sizes.PackedBytes,
                sizes.UnpackedBytes,
                sizes.HeaderOffset + shift));
            rest = rest[(HeaderBytes + nameBytes + extraBytes + commentBytes)..];
        }

        return entries;
    }

    // A megabyte that a thousand files share unpacks to a thousand times what a checker of ratios sees (Fifield 2019).
    private static void RefuseOverlap(List<ZipEntry> entries, long directoryOffset, string label)
    {
        long[] starts = new long[entries.Count];
        long[] ends = new long[entries.Count];
        for (int i = 0; i < starts.Length; i++)
        {
            ZipEntry entry = entries[i];
            if (entry.HeaderOffset < 0 || entry.PackedBytes < 0 || entry.UnpackedBytes < 0 || entry.HeaderOffset > directoryOffset - LocalHeaderBytes || entry.PackedBytes > directoryOffset - LocalHeaderBytes - entry.HeaderOffset)
                throw Damaged(label);
            starts[i] = entry.HeaderOffset;
            ends[i] = entry.HeaderOffset + LocalHeaderBytes + entry.PackedBytes;
        }

        Array.Sort(starts, ends);
        for (int i = 1; i < starts.Length; i++)
        {
            if (starts[i] < ends[i - 1])
                throw new IngestException(SkipKind.Limit, $"{label} is a ZIP archive whose files lie in one another and was taken for a decompression bomb: pack it anew.");
        }
    }

    // Without the flag a name is in code page 437 by the book, and in UTF-8 or the packer's own in fact.
    private static string Name(ReadOnlySpan<byte> name, bool isUtf8) =>
        isUtf8 || Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : CodePages.Find("ibm437")!.GetString(name);

    private static IngestException Damaged(string label) =>
        new(SkipKind.Damaged, $"{label} is a ZIP archive with a damaged directory: fetch or pack it again.");

    private static int ReadUInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
