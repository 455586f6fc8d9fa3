namespace Recite.Ingest.Zip;

/// <summary>One file of a zip archive as the directory lists it.</summary>
/// <param name="Path">Its path as it stands there.</param>
/// <param name="Method">How it is packed: 0 not at all, 8 deflate, 93 Zstandard.</param>
/// <param name="IsEncrypted">Whether it needs a password.</param>
/// <param name="Crc32">Checksum of what it unpacks to.</param>
/// <param name="PackedBytes">Bytes in the archive.</param>
/// <param name="UnpackedBytes">Bytes that it claims to unpack to.</param>
/// <param name="HeaderOffset">Where its local header begins.</param>
internal sealed record ZipEntry(string Path, int Method, bool IsEncrypted, uint Crc32, long PackedBytes, long UnpackedBytes, long HeaderOffset)
{
    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Path.EndsWith('/') || Path.EndsWith('\\');
}
