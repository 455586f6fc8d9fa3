using System.Numerics;
using System.Runtime.Intrinsics;

namespace Recite.Indexing.Text.Internals;

/// <summary>16 bytes at a time up to the first surplus separator, then on behind the run: prose has few of them.</summary>
internal static class AsciiFolderSkip128
{
    /// <inheritdoc cref="AsciiFolder.Fold"/>
    public static int Fold(ReadOnlySpan<byte> ascii, Span<byte> output, ref bool afterSeparator)
    {
        int read = 0, written = 0;
        uint carry = afterSeparator ? 1U : 0U;
        while (read <= ascii.Length - 16)
        {
            Vector128<byte> bytes = Vector128.Create(ascii.Slice(read, 16));
            Vector128<byte> lower = bytes | Vector128.Create((byte)0x20);
            Vector128<byte> isLetter = Vector128.LessThan(lower - Vector128.Create((byte)'a'), Vector128.Create((byte)26));
            Vector128<byte> isDigit = Vector128.LessThan(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)10));
            Vector128<byte> isSeparator = ~(isLetter | isDigit);
            // A digit has the bit 0x20 already, so the lower-cased byte is right for both.
            Vector128.ConditionalSelect(isSeparator, Vector128.Create((byte)' '), lower).CopyTo(output.Slice(written, 16));

            uint separators = isSeparator.ExtractMostSignificantBits();
            uint surplus = separators & ((separators << 1) | carry);
            if (surplus == 0)
            {
                read += 16;
                written += 16;
                carry = separators >> 15;
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
