using System.Buffers;
using Recite.Indexing.Text;

namespace Recite.Evidence;

/// <summary>Normalized text without the spaces at its ends: what two texts are compared by.</summary>
internal static class NormalizedPiece
{
    public static ReadOnlyMemory<byte> Of(TextNormalizer normalizer, ReadOnlySpan<byte> utf8)
    {
        var buffer = new ArrayBufferWriter<byte>(utf8.Length + 16);
        normalizer.Normalize(utf8, buffer);
        TextSpan inner = TrimSpaces(buffer.WrittenSpan);
        return buffer.WrittenMemory[inner.Start..inner.End];
    }

    /// <summary>The span without spaces at its ends.</summary>
    public static TextSpan TrimSpaces(ReadOnlySpan<byte> normalized)
    {
        int start = normalized.IndexOfAnyExcept((byte)' ');
        return start < 0 ? new TextSpan(0, 0) : new TextSpan(start, normalized.LastIndexOfAnyExcept((byte)' ') + 1);
    }
}
