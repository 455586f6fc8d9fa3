namespace Recite.Indexing.Segments;

/// <summary>One immutable segment.</summary>
/// <param name="Name">Name of its files, derived from their digests.</param>
/// <param name="Documents">Documents in it.</param>
/// <param name="Bytes">UTF-8 bytes of original text.</param>
/// <param name="NormalizedBytes">Length of its normalized coordinates, gaps included.</param>
/// <param name="Postings">Indexed k-grams.</param>
/// <param name="Parts">Its files.</param>
public sealed record ManifestSegment(
    string Name, long Documents, long Bytes, long NormalizedBytes, long Postings, IReadOnlyList<ManifestPart> Parts);

/// <summary>One file of a segment.</summary>
/// <param name="Name">Ending of the file's name.</param>
/// <param name="Bytes">Its length, header included.</param>
/// <param name="Sha256"><c>sha256:</c> over payload, then header.</param>
public sealed record ManifestPart(string Name, long Bytes, string Sha256);
