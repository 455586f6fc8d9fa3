namespace Recite.Ingest.Compression;

/// <summary>What the name and the first bytes of a file say about its packing.</summary>
internal static class PackedName
{
    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> ZstandardMagic => [0x28, 0xB5, 0x2F, 0xFD];

    /// <summary>The packing that the file name claims.</summary>
    public static PackedFormat FromName(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".gz" => PackedFormat.Gzip,
        ".tgz" => PackedFormat.Gzip,
        ".zst" or ".zstd" or ".tzst" => PackedFormat.Zstandard,
        _ => PackedFormat.None,
    };

    /// <summary>The name of what is packed: <c>a.txt</c> of <c>a.txt.gz</c>, <c>a.tar</c> of <c>a.tgz</c>.</summary>
    public static string Strip(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() is ".tgz" or ".tzst"
        ? Path.ChangeExtension(fileName, ".tar")
        : Path.GetFileNameWithoutExtension(fileName);

    /// <summary>The packing that the first bytes show.</summary>
    public static PackedFormat FromHead(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(GzipMagic))
            return PackedFormat.Gzip;
        if (head.StartsWith(ZstandardMagic))
            return PackedFormat.Zstandard;

        // A Zstandard file may begin with a skippable frame, 0x184D2A50 to 0x184D2A5F.
        bool skippable = head.Length >= 4 && (head[0] & 0xF0) == 0x50 && head[1] == 0x2A && head[2] == 0x4D && head[3] == 0x18;
        return skippable ? PackedFormat.Zstandard : PackedFormat.None;
    }

    /// <summary>The format's name in a sentence.</summary>
    public static string Describe(PackedFormat format) => format == PackedFormat.Gzip ? "gzip" : "Zstandard";
}
