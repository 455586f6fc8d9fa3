namespace Recite.Canaries.Planting;

/// <summary>Where canaries are planted, and how.</summary>
public sealed record PlantingOptions
{
    /// <summary>A file or a folder: JSON Lines and text; it is never changed.</summary>
    public required string Input { get; init; }

    /// <summary>The copy of it with the canaries; it must not exist.</summary>
    public required string Output { get; init; }

    /// <summary>Whether copies go into documents that are there, at paragraph borders, instead of being documents of their own.</summary>
    public bool IntoDocuments { get; init; }

    /// <summary>The JSON field that holds the text.</summary>
    public string TextField { get; init; } = "text";

    /// <summary>The JSON field that holds the id; new records get one where the first record has one.</summary>
    public string IdField { get; init; } = "id";

    /// <summary>Random seed of the places; whoever knows it and the input can work out where the copies are.</summary>
    public required ulong Seed { get; init; }
}

/// <summary>What was planted.</summary>
/// <param name="Escrow">The list with the places of all copies.</param>
/// <param name="Copies">Copies in all.</param>
/// <param name="Files">Files of the copy.</param>
public sealed record PlantingResult(CanaryEscrow Escrow, int Copies, int Files);
