namespace Recite.Indexing.Duplicates;

/// <summary>What a near duplicate is, and what finding them may use.</summary>
public sealed record NearDuplicateOptions
{
    /// <summary>The smallest threshold: below a half, a document is rather a part than a duplicate of another.</summary>
    public const int LeastPercent = 50;

    /// <summary>Percent of a document's distinct word 5-grams that must stand in the kept document, <see cref="LeastPercent"/> to 100.</summary>
    public int ThresholdPercent { get; init; } = 80;

    /// <summary>Memory to plan with, in bytes; the rest goes to temporary files.</summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>More temporary files than memory asks for, so that tests have some from little text.</summary>
    internal int? ForcedPartitions { get; init; }

    /// <summary>Word 5-grams that a document of so many distinct ones must share.</summary>
    internal int Needed(int grams) => (int)Math.Max(1, (((long)grams * ThresholdPercent) + 99) / 100);
}
