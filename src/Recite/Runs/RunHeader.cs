namespace Recite.Runs;

/// <summary>What a run file says of itself before anything is asked.</summary>
public sealed record RunHeader
{
    /// <summary>The run's id: UTC time of its start and six digits of <see cref="ConfigDigest"/>, so that ids sort by time.</summary>
    public required string Id { get; init; }

    /// <summary>Digest of everything that decides what is asked; runs with the same one can continue each other.</summary>
    public required string ConfigDigest { get; init; }

    /// <summary>The effective configuration as JSON, with references to the environment instead of their values.</summary>
    public required string Config { get; init; }

    /// <summary>The target's id.</summary>
    public required string Target { get; init; }

    /// <summary>Path of the corpus as the user wrote it.</summary>
    public required string Corpus { get; init; }

    /// <summary>Digest of the corpus manifest.</summary>
    public required string Manifest { get; init; }

    /// <summary>The product's version that planned it.</summary>
    public required string Version { get; init; }

    /// <summary>Start in UTC.</summary>
    public required DateTimeOffset Started { get; init; }
}
