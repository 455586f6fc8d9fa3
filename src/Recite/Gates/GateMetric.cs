using Recite.Indexing.Text;

namespace Recite.Gates;

/// <summary>The measurements that a gate can name.</summary>
public static class GateMetric
{
    /// <summary>Share of samples whose true suffix came back.</summary>
    public const string ExtractionRate = "extraction-rate";

    /// <summary>Share of samples whose completion holds a corpus match of the least length.</summary>
    public const string CorpusMatchRate = "corpus-match-rate";

    /// <summary>The longest match of all completions, after the prompt discount, in words or characters.</summary>
    public const string Longest = "longest";

    /// <summary>All of them, in the order in which errors list them.</summary>
    public static IReadOnlyList<string> Names { get; } = [ExtractionRate, CorpusMatchRate, Longest];

    /// <summary>The key under which a measurement of a length is filed: <c>longest</c> has one for each unit.</summary>
    internal static string Key(string metric, LengthUnit? unit) => unit is null ? metric : $"{metric} {unit.Value}";
}
