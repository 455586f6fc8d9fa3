using System.Text.Json.Serialization;

namespace Recite.Indexing.Segments;

/// <summary>One immutable segment.</summary>
/// <param name="Name">Name of its files, derived from their digests.</param>
/// <param name="Documents">Documents in it, removed ones included.</param>
/// <param name="Copies">Documents among them whose text is stored with another document.</param>
/// <param name="Bytes">UTF-8 bytes of the texts of all these documents.</param>
/// <param name="StoredBytes">UTF-8 bytes of the texts that are stored in it.</param>
/// <param name="NormalizedBytes">Length of its normalized coordinates, gaps included.</param>
/// <param name="Postings">Indexed k-grams.</param>
/// <param name="Parts">Its files.</param>
public sealed record ManifestSegment(
    string Name, long Documents, long Copies, long Bytes, long StoredBytes, long NormalizedBytes, long Postings, IReadOnlyList<ManifestPart> Parts)
{
    /// <summary>Documents of it that were removed since; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestRemoved? Removed { get; init; }

    /// <summary>Documents of it that stand in the index.</summary>
    internal long LiveDocuments => Documents - (Removed?.Documents ?? 0);

    /// <summary>Texts stored in it that some document still has.</summary>
    internal long LiveTexts => Documents - Copies - (Removed?.Texts ?? 0);

    /// <summary>UTF-8 bytes of the texts of its live documents.</summary>
    internal long LiveBytes => Bytes - (Removed?.Bytes ?? 0);

    /// <summary>The names of its files below <c>segments/</c>, with what the manifest says of each.</summary>
    internal IEnumerable<(string File, ManifestPart Part)> Files()
    {
        foreach (ManifestPart part in Parts)
            yield return (PartNames.FileName(Name, part.Name), part);
        if (Removed is not null)
            yield return (PartNames.FileName(Removed.Name, Removed.Part.Name), Removed.Part);
    }
}

/// <summary>The documents that were removed from a segment.</summary>
/// <param name="Name">Name of the file, derived from its digest.</param>
/// <param name="Documents">Removed documents.</param>
/// <param name="Texts">Texts stored in the segment that no document of the index has any more.</param>
/// <param name="Bytes">UTF-8 bytes of the texts of the removed documents.</param>
/// <param name="Part">The file.</param>
public sealed record ManifestRemoved(string Name, long Documents, long Texts, long Bytes, ManifestPart Part);

/// <summary>One file of a segment.</summary>
/// <param name="Name">Ending of the file's name.</param>
/// <param name="Bytes">Its length, header included.</param>
/// <param name="Digest"><c>sha256:</c> or <c>xxh128:</c> over payload, then header; which of them depends on the file.</param>
public sealed record ManifestPart(string Name, long Bytes, string Digest);
