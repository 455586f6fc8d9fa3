using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>What an index holds and how it was made: <c>manifest.json</c>, the one file whose rename commits a build.</summary>
public sealed record IndexManifest
{
    /// <summary>Version of the disk format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Name and version of the shape.</summary>
    public string Schema { get; init; } = "recite.index/1";

    /// <summary>Version of the disk format.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>How text was normalized; a reader with other tables refuses the index.</summary>
    public required ManifestNormalization Normalization { get; init; }

    /// <summary>Every common run of this many normalized bytes is found.</summary>
    public required int Guarantee { get; init; }

    /// <summary>Bytes of an indexed k-gram.</summary>
    public required int Gram { get; init; }

    /// <summary><c>zstd</c> or <c>raw</c>.</summary>
    public required string Store { get; init; }

    /// <summary>Documents that were not removed.</summary>
    public required long Documents { get; init; }

    /// <summary>How many of these have the text of an earlier one: documents less distinct texts.</summary>
    public required long Copies { get; init; }

    /// <summary>Documents that were removed and still take room.</summary>
    public required long Removed { get; init; }

    /// <summary>UTF-8 bytes of the texts of all documents that were not removed, copies included.</summary>
    public required long Bytes { get; init; }

    /// <summary>The segments, in document order.</summary>
    public required IReadOnlyList<ManifestSegment> Segments { get; init; }

    /// <summary><c>sha256:</c> over this manifest with an empty digest; names the corpus in every report.</summary>
    public string Digest { get; init; } = "";
}

/// <summary>The normalization profile and the tables it used.</summary>
/// <param name="Name">Profile, for instance <c>text</c>.</param>
/// <param name="Version">Version of the profile.</param>
/// <param name="Unicode">Version of the Unicode Character Database.</param>
/// <param name="Tables">Digest of the generated tables.</param>
public sealed record ManifestNormalization(string Name, int Version, string Unicode, string Tables);
