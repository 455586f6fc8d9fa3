using System.Numerics;
using System.Runtime.Intrinsics;

namespace Recite.Indexing.Text.Internals;

/// <summary>32 bytes at a time up to the first surplus separator, then on behind the run: prose has few of them.</summary>
internal static class AsciiFolderSkip256
{
    /// <inheritdoc cref="AsciiFolder.Fold"/>
    public static int Fold(ReadOnlySpan<byte> ascii, Span<byte> output, ref bool afterSeparator)
    {
        int read = 0, written = 0;
        uint carry = afterSeparator ? 1U : 0U;
        while (read <= ascii.Length - 32)
        {
            Vector256<byte> bytes = Vector256.Create(ascii.Slice(read, 32));
            Vector256<byte> lower = bytes | Vector256.Create((byte)0x20);
            Vector256<byte> isLetter = Vector256.LessThan(lower - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
            Vector256<byte> isDigit = Vector256.LessThan(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
            Vector256<byte> isSeparator = ~(isLetter | isDigit);
            // A digit has the bit 0x20 already, so the lower-cased byte is right for both.
            Vector256.ConditionalSelect(isSeparator, Vector256.Create((byte)' '), lower).CopyTo(output.Slice(written, 32));

            uint separators = isSeparator.ExtractMostSignificantBits();
            uint surplus = separators & ((separators << 1) | carry);
            if (surplus == 0)
            {
                read += 32;
                written += 32;
                carry = separators >> 31;
                continue;
            }

            // What was stored behind the first surplus separator is overwritten by the next round.
            int kept = BitOperations.TrailingZeroCount(surplus);
            read += kept + BitOperations.TrailingZeroCount(~(surplus >> kept));
            written += kept;
            carry = 1;
        }

        afterSeparator = carry != 0;
        return written + AsciiFolder.FoldScalar(ascii[read..], output[written..], ref afterSeparator);
    }
}
