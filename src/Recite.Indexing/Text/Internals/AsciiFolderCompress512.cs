using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Recite.Indexing.Text.Internals;

/// <summary>64 bytes at a time; one instruction (VPCOMPRESSB) takes the surplus separators out. Needs AVX-512 VBMI and VBMI2.</summary>
internal static class AsciiFolderCompress512
{
    public static bool IsSupported => Avx512Vbmi2.IsSupported && Avx512Vbmi.IsSupported;

    /// <inheritdoc cref="AsciiFolder.Fold"/>
    public static int Fold(ReadOnlySpan<byte> ascii, Span<byte> output, ref bool afterSeparator)
    {
        int read = 0, written = 0;
        // The last byte of one vector and all but the last of the next: every byte's neighbour before it.
        Vector512<byte> neighbours = Vector512.CreateSequence<byte>(63, 1);
        Vector512<byte> earlier = afterSeparator ? Vector512<byte>.AllBitsSet : Vector512<byte>.Zero;
        for (; read <= ascii.Length - 64; read += 64)
        {
            Vector512<byte> bytes = Vector512.Create(ascii.Slice(read, 64));
            Vector512<byte> lower = bytes | Vector512.Create((byte)0x20);
            Vector512<byte> isLetter = Vector512.LessThan(lower - Vector512.Create((byte)'a'), Vector512.Create((byte)26));
            Vector512<byte> isDigit = Vector512.LessThan(bytes - Vector512.Create((byte)'0'), Vector512.Create((byte)10));
            Vector512<byte> isSeparator = ~(isLetter | isDigit);
            Vector512<byte> isSurplus = isSeparator & Avx512Vbmi.PermuteVar64x8x2(earlier, neighbours, isSeparator);
            earlier = isSeparator;

            // A digit has the bit 0x20 already, so the lower-cased byte is right for both.
            Vector512<byte> folded = Vector512.ConditionalSelect(isSeparator, Vector512.Create((byte)' '), lower);
            Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~isSurplus, folded).CopyTo(output.Slice(written, 64));
            written += 64 - BitOperations.PopCount(isSurplus.ExtractMostSignificantBits());
        }

        afterSeparator = earlier[63] != 0;
        return written + AsciiFolder.FoldScalar(ascii[read..], output[written..], ref afterSeparator);
    }
}
