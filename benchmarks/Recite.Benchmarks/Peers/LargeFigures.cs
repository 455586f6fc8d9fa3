using System.Text.Json.Serialization;

namespace Recite.Benchmarks.Peers;

/// <summary>What <c>benchmarks/run --huge</c> measured; <c>large.json</c>.</summary>
/// <param name="Processor">Name of the processor.</param>
/// <param name="Name">Name of the corpus.</param>
/// <param name="JsonLinesBytes">Bytes of what is built first.</param>
/// <param name="AddedJsonLinesBytes">Bytes of what is added then.</param>
/// <param name="MachineMemoryBytes">What the machine has.</param>
/// <param name="Floor">Reads the JSON Lines, looks at every byte, writes as many bytes as the first index has.</param>
/// <param name="Indexes">One index after the other on the same corpus.</param>
internal sealed record LargeFigures(
    string Processor, string Name, long JsonLinesBytes, long AddedJsonLinesBytes, long MachineMemoryBytes, StageFigures Floor, IReadOnlyList<LargeIndexFigures> Indexes);

/// <summary>One index from its build to its queries.</summary>
internal sealed record LargeIndexFigures
{
    public required int Guarantee { get; init; }

    /// <summary>Documents of the whole, copies included.</summary>
    public required long Documents { get; init; }

    /// <summary>UTF-8 bytes of text of the whole.</summary>
    public required long TextBytes { get; init; }

    /// <summary>UTF-8 bytes of text of what was built first.</summary>
    public required long BuiltTextBytes { get; init; }

    /// <summary>The build; sizes, segments and queries are those of the whole index.</summary>
    public required BuildFigures Whole { get; init; }

    /// <summary><c>index add</c> of the rest.</summary>
    public required StageFigures Add { get; init; }

    public required StageFigures Verify { get; init; }

    public required ColdFigures Cold { get; init; }

    /// <summary>UTF-8 bytes of text that were added.</summary>
    [JsonIgnore]
    public long AddedTextBytes => TextBytes - BuiltTextBytes;
}

/// <summary>Queries right after the system was asked to forget the index's pages, wall time.</summary>
/// <param name="FirstMilliseconds">The very first.</param>
/// <param name="MeanMilliseconds">Mean of the first of them.</param>
/// <param name="Queries">How many the mean is over.</param>
/// <param name="ReadBytes">Bytes read from the disk for each of these, mean.</param>
internal sealed record ColdFigures(double FirstMilliseconds, double MeanMilliseconds, int Queries, long ReadBytes);
