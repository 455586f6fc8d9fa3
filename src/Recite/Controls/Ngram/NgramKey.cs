namespace Recite.Controls.Ngram;

/// <summary>
/// Up to five units (tokens or words) packed so that numbers sort as n-grams do: 24 bits each from the top, the rest zero. The lowest eight
/// bits are free for a tag while sorting. Unit 0 is the border of a document.
/// </summary>
internal static class NgramKey
{
    /// <summary>Units of the longest n-gram that fits.</summary>
    public const int LongestOrder = 5;

    /// <summary>The border: before the first unit of a document and behind the last.</summary>
    public const int Border = 0;

    /// <summary>A unit that was never counted; no n-gram holds it.</summary>
    public const int Unknown = (1 << BitsPerUnit) - 1;

    private const int BitsPerUnit = 24;
    private const int TopShift = 128 - BitsPerUnit;

    public static UInt128 Of(ReadOnlySpan<int> units)
    {
        UInt128 key = 0;
        int shift = TopShift;
        foreach (int unit in units)
        {
            key |= (UInt128)(uint)unit << shift;
            shift -= BitsPerUnit;
        }

        return key;
    }

    /// <summary>The n-gram of a context of <paramref name="length"/> units and one more.</summary>
    public static UInt128 Append(UInt128 context, int length, int unit) => context | ((UInt128)(uint)unit << (TopShift - (BitsPerUnit * length)));

    public static UInt128 WithoutFirst(UInt128 key) => key << BitsPerUnit;

    public static int UnitAt(UInt128 key, int index) => (int)(uint)((key >> (TopShift - (BitsPerUnit * index))) & Unknown);

    /// <summary>The largest key that begins with the same <paramref name="length"/> units.</summary>
    public static UInt128 LastWith(UInt128 context, int length) => length == 0 ? UInt128.MaxValue : context | (UInt128.MaxValue >> (BitsPerUnit * length));
}
