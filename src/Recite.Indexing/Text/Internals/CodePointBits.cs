namespace Recite.Indexing.Text.Internals;

/// <summary>Reads the 32 bits that <see cref="FoldingTable.Lookup"/> gives for a code point.</summary>
internal static class CodePointBits
{
    /// <summary>Mask of the word class, one of the next four.</summary>
    public const uint ClassMask = 3;

    /// <summary>Outside the general categories L, M, N.</summary>
    public const uint Separator = 0;

    /// <summary>A letter or number that forms words with its neighbours.</summary>
    public const uint Joined = 1;

    /// <summary>A letter or number that is a word by itself (scripts without spaces).</summary>
    public const uint Alone = 2;

    /// <summary>A mark; it belongs to the word before it.</summary>
    public const uint Mark = 3;

    /// <summary>What stands before this code point has no influence on its normalization, nor it on theirs.</summary>
    public const uint BoundaryBefore = 1 << 2;

    /// <summary>May be the second part of a composition.</summary>
    public const uint ComposesBackward = 1 << 3;

    /// <summary>The mapping is not the code point itself.</summary>
    public const uint Mapped = 1 << 4;

    /// <summary>The mapping holds a separator.</summary>
    public const uint MapsToSeparator = 1 << 5;

    /// <summary>General category N (not in the tables of <c>text/1</c>).</summary>
    public const uint Number = 1 << 6;

    /// <summary>A hyphen that divides a word at the end of a line (not in the tables of <c>text/1</c>).</summary>
    public const uint LineHyphen = 1 << 7;

    /// <summary>Position of the offset into the mappings.</summary>
    public const int MappingShift = 16;

    private const int CombiningClassShift = 8;

    public static uint GetClass(uint bits) => bits & ClassMask;

    public static int GetCombiningClass(uint bits) => (int)(bits >> CombiningClassShift) & 0xFF;

    public static uint WithCombiningClass(uint bits, byte combiningClass) => bits | ((uint)combiningClass << CombiningClassShift);
}
