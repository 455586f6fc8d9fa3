using System.Text.Json.Nodes;
using Recite.Indexing.Corpora;
using Recite.Indexing.Duplicates;

namespace Recite.Cli.Commands;

/// <summary>Duplicates as JSON (<c>recite.index-duplicates/1</c>).</summary>
internal static class DuplicatesJson
{
    /// <summary>All clusters of an index.</summary>
    public static JsonObject Of(string path, IndexManifest manifest, int? nearPercent, IReadOnlyList<DuplicateCluster> clusters) => new()
    {
        ["schema"] = "recite.index-duplicates/1",
        ["path"] = path,
        ["manifest"] = manifest.Digest,
        ["documents"] = manifest.Documents,
        ["near"] = nearPercent is null ? null : new JsonObject
        {
            ["threshold"] = nearPercent.Value / 100.0,
            ["measure"] = "share of a document's distinct word 5-grams that stand in the kept document, which has as many or more",
        },
        ["superfluous"] = clusters.Sum(cluster => (long)cluster.Drop.Count),
        ["clusters"] = new JsonArray([.. clusters.Select(Of)]),
    };

    /// <summary>One cluster, as it is a line of the list.</summary>
    public static JsonObject Of(DuplicateCluster cluster) => new()
    {
        ["documents"] = cluster.Documents,
        ["bytes"] = cluster.DroppedBytes,
        ["keep"] = Of(cluster.Keep),
        ["drop"] = new JsonArray([.. cluster.Drop.Select(dropped =>
        {
            JsonObject json = Of(dropped.Document);
            json["exact"] = dropped.IsExact;
            json["containment"] = dropped.Containment;
            return json;
        })]),
    };

    private static JsonObject Of(DocumentEntry document) => new()
    {
        ["document"] = document.Id,
        ["uri"] = document.Uri,
        ["bytes"] = document.Bytes,
    };
}
