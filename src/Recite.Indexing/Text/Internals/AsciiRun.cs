using System.Numerics;
using System.Runtime.Intrinsics;

namespace Recite.Indexing.Text.Internals;

/// <summary>Measures how far ASCII goes that needs no second look.</summary>
/// <remarks>
/// What needs one is a byte that is not ASCII, and a hyphen with white space or a control character behind it unless what stands
/// before it is white space, a hyphen or another byte below the hyphen: those are dashes and rules, and there are many.
/// </remarks>
internal static class AsciiRun
{
    /// <summary>Bytes from <paramref name="at"/> up to the first that needs a second look; <paramref name="most"/> if there is none among so many.</summary>
    public static int Measure(ReadOnlySpan<byte> text, int at, int most)
    {
        int read = 0;
        // What stands before the first byte is not known here, so it may be a letter.
        ulong hyphenBefore = 0, wordBefore = 1UL << 63;
        // Where the processor has no vectors of 64 bytes the runtime takes several shorter ones.
        for (; read < most && at + read + 64 <= text.Length; read += 64)
        {
            Vector512<byte> bytes = Vector512.Create(text.Slice(at + read, 64));
            ulong words = Vector512.GreaterThan(bytes, Vector512.Create((byte)'-')).ExtractMostSignificantBits();
            ulong hyphens = Vector512.Equals(bytes, Vector512.Create((byte)'-')).ExtractMostSignificantBits() & ((words << 1) | (wordBefore >> 63));
            ulong blanks = Vector512.LessThan(bytes, Vector512.Create((byte)0x21)).ExtractMostSignificantBits() & ((hyphens << 1) | hyphenBefore);
            ulong others = bytes.ExtractMostSignificantBits();
            if ((blanks | others) != 0)
            {
                // The hyphen stands one byte before the blank, which may be in the vector before.
                int hyphen = BitOperations.TrailingZeroCount(blanks) - 1, other = BitOperations.TrailingZeroCount(others);
                return Math.Min(most, read + Math.Min(hyphen, other));
            }

            (hyphenBefore, wordBefore) = (hyphens >> 63, words);
        }

        // A hyphen at the end of the last vector is looked at again, with the byte before it.
        return read >= most && hyphenBefore == 0 ? most : MeasureScalar(text, at, Math.Max(0, read - 1), most);
    }

    /// <inheritdoc cref="Measure"/>
    public static int MeasureScalar(ReadOnlySpan<byte> text, int at, int most) => MeasureScalar(text, at, 0, most);

    private static int MeasureScalar(ReadOnlySpan<byte> text, int at, int read, int most)
    {
        for (; read < most; read++)
        {
            byte value = text[at + read];
            bool isLineHyphen = value == '-' && (read == 0 || text[at + read - 1] > '-') && at + read + 1 < text.Length && text[at + read + 1] <= ' ';
            if (value >= 0x80 || isLineHyphen)
                return read;
        }

        return most;
    }
}
