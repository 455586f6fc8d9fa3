using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Recite.Indexing.Segments.Documents;

/// <summary>
/// What tells equal texts: the first 16 bytes of the SHA-256 of the extracted UTF-8 text. Nobody can make two texts of the same
/// key, so a text is never taken for another one's copy.
/// </summary>
internal static class TextKey
{
    public static UInt128 Of(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);

        // Big-endian, so that keys are ordered as their hexadecimal digits are.
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
