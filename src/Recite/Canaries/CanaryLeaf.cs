using System.Buffers.Binary;
using System.Text;

namespace Recite.Canaries;

/// <summary>The bytes of a leaf: each field as UTF-8 behind its length, four bytes, big endian, so that no two lists of fields are the same bytes.</summary>
internal static class CanaryLeaf
{
    public static byte[] Encode(params ReadOnlySpan<string> fields)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (string field in fields)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, utf8.Length);
            bytes.Write(length);
            bytes.Write(utf8);
        }

        return bytes.ToArray();
    }
}
