namespace Recite.Controls;

/// <summary>The nulls there are, strongest first. Adding one is a line here, a class beside it and a test.</summary>
public static class NullList
{
    /// <summary>Every null, in the order of reports.</summary>
    public static IReadOnlyList<INull> All { get; } =
    [
        new BaselineModelNull(), new HeldOutNull(), new NeverPlantedNull(), new PermutedSuffixNull(), new OutOfFoldNgramNull(), new ForeignIndexNull(),
    ];
}
