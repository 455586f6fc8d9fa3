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
    };

    /// <summary>Bytes of all index files.</summary>
    public static long DiskBytes(IndexManifest manifest) => manifest.Segments.Sum(segment => segment.Parts.Sum(part => part.Bytes));
}
