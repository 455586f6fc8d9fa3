using System.Text.Json.Nodes;
using Recite.Indexing.Corpora;

namespace Recite.Cli.Commands;

/// <summary>An index as JSON (<c>recite.index-info/1</c>).</summary>
internal static class IndexJson
{
    /// <summary>What the manifest says, and how much room the index takes.</summary>
    public static JsonObject Of(string path, IndexManifest manifest) => new()
    {
        ["schema"] = "recite.index-info/1",
        ["path"] = path,
        ["manifest"] = manifest.Digest,
        ["documents"] = manifest.Documents,
        ["copies"] = manifest.Copies,
        ["removed"] = manifest.Removed,
        ["bytes"] = manifest.Bytes,
        ["guarantee"] = new JsonObject { ["value"] = manifest.Guarantee, ["unit"] = "normalized bytes" },
        ["normalization"] = new JsonObject
        {
            ["name"] = manifest.Normalization.Name,
            ["version"] = manifest.Normalization.Version,
            ["unicode"] = manifest.Normalization.Unicode,
            ["tables"] = manifest.Normalization.Tables,
        },
        ["store"] = manifest.Store,
        ["formatVersion"] = manifest.FormatVersion,
        ["segments"] = manifest.Segments.Count,
        ["bytesOnDisk"] = DiskBytes(manifest),
        ["parts"] = new JsonObject(SizeByPart(manifest).Select(part => KeyValuePair.Create(part.Name, (JsonNode?)JsonValue.Create(part.Bytes)))),
    };

    /// <summary>Bytes of all index files.</summary>
    public static long DiskBytes(IndexManifest manifest) => SizeByPart(manifest).Sum(part => part.Bytes);

    /// <summary>Bytes of the files of each kind, in the order in which segments name them.</summary>
    public static IReadOnlyList<(string Name, long Bytes)> SizeByPart(IndexManifest manifest) =>
    [
        .. manifest.Segments.SelectMany(segment => segment.Parts.Concat(segment.Removed is { } removed ? [removed.Part] : []))
            .GroupBy(part => part.Name, StringComparer.Ordinal)
            .Select(parts => (parts.Key, parts.Sum(part => part.Bytes))),
    ];
}
