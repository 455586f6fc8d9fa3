namespace Recite.SelfTest.Rows;

/// <summary>What was done to a passage of <see cref="NearVerbatimRow"/>.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="ChangedWords">Share of the words that were changed, in percent; none where something else was done.</param>
/// <param name="Change">What else was done.</param>
internal sealed record DamageKind(string Name, int ChangedWords, TextChange Change = TextChange.None)
{
    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<DamageKind> All { get; } =
    [
        new("0 %", 0),
        new("1 %", 1),
        new("2 %", 2),
        new("5 %", 5),
        new("10 %", 10),
        new("20 %", 20),
        new("case", 0, TextChange.Case),
        new("spacing", 0, TextChange.Spacing),
        new("punctuation", 0, TextChange.Punctuation),
        new("look-alikes", 0, TextChange.LookAlikes),
        new("line numbers", 0, TextChange.LineNumbers),
    ];
}

/// <summary>A change that leaves the words what they are to a reader.</summary>
internal enum TextChange
{
    /// <summary>None.</summary>
    None,

    /// <summary>All letters are capitals.</summary>
    Case,

    /// <summary>Line breaks, tabs and several spaces instead of one.</summary>
    Spacing,

    /// <summary>Signs between the words.</summary>
    Punctuation,

    /// <summary>One Latin letter in twenty replaced by the Cyrillic one that looks like it.</summary>
    LookAlikes,

    /// <summary>A number before each line of ten words.</summary>
    LineNumbers,
}
