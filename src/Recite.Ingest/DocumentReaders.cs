using Recite.Ingest.Html;
using Recite.Ingest.Jsonl;
using Recite.Ingest.Plain;

namespace Recite.Ingest;

/// <summary>The readers that ship.</summary>
public static class DocumentReaders
{
    /// <summary>All of them, in the order in which they are asked; plain text is last since it takes every file.</summary>
    public static IReadOnlyList<IDocumentReader> All() => [new JsonLinesReader(), new HtmlReader(), new PlainTextReader()];
}
