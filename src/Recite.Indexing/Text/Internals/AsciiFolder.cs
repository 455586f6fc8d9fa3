using System.Runtime.Intrinsics;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// Normalizes ASCII: letters to lower case, digits kept, every run of anything else one space. All ways give identical bytes;
/// each writes the length of the result, sets whether it ends with a separator, and needs room for <see cref="Slack"/> bytes more
/// than it reads.
/// </summary>
internal static class AsciiFolder
{
    /// <summary>Whole vectors are stored, so this much of the room behind the result may be overwritten.</summary>
    public const int Slack = 64;

    /// <summary>What each ASCII byte becomes before runs of spaces are joined.</summary>
    private static ReadOnlySpan<byte> Folded =>
        "                                                0123456789       abcdefghijklmnopqrstuvwxyz      abcdefghijklmnopqrstuvwxyz     "u8;

    /// <summary>One bit for each of at most 64 ASCII bytes: whether it is neither letter nor digit.</summary>
    public static ulong FindSeparators(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length < 64)
        {
            Span<byte> padded = stackalloc byte[64];
            padded.Fill((byte)'a');
            ascii.CopyTo(padded);
            return FindSeparators(padded);
        }

        // Where the processor has no vectors of 64 bytes the runtime takes several shorter ones.
        Vector512<byte> bytes = Vector512.Create(ascii);
        Vector512<byte> letter = (bytes | Vector512.Create((byte)0x20)) - Vector512.Create((byte)'a');
        Vector512<byte> digit = bytes - Vector512.Create((byte)'0');
        return ~(Vector512.LessThan(letter, Vector512.Create((byte)26)) | Vector512.LessThan(digit, Vector512.Create((byte)10))).ExtractMostSignificantBits();
    }

    /// <summary>
    /// Writes the normalized form and gives its length.
    /// </summary>
    /// <param name="ascii">Bytes below 0x80.</param>
    /// <param name="output">Where the result goes.</param>
    /// <param name="afterSeparator">Whether a space was written just before; afterwards, whether this one ends so.</param>
    public static int Fold(ReadOnlySpan<byte> ascii, Span<byte> output, ref bool afterSeparator)
    {
        if (AsciiFolderCompress512.IsSupported)
            return AsciiFolderCompress512.Fold(ascii, output, ref afterSeparator);
        return Vector256.IsHardwareAccelerated
            ? AsciiFolderSkip256.Fold(ascii, output, ref afterSeparator)
            : AsciiFolderSkip128.Fold(ascii, output, ref afterSeparator);
    }

    /// <inheritdoc cref="Fold"/>
    public static int FoldScalar(ReadOnlySpan<byte> ascii, Span<byte> output, ref bool afterSeparator)
    {
        ReadOnlySpan<byte> folded = Folded;
        output = output[..ascii.Length];
        int written = 0;
        int last = afterSeparator ? ' ' : 0;
        foreach (byte next in ascii)
        {
            int value = folded[next & 0x7F];
            output[written] = (byte)value;
            written += (value ^ ' ' | last ^ ' ') != 0 ? 1 : 0;
            last = value;
        }

        afterSeparator = last == ' ';
        return written;
    }
}
