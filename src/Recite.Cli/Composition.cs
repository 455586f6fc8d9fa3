using Recite.Ingest;

namespace Recite.Cli;

/// <summary>The composition root: every reader, target, probe, null and report writer that commands work with, listed by name.</summary>
internal sealed class Composition
{
    /// <summary>Kinds of documents, the first that can read a file gets it.</summary>
    public required IReadOnlyList<IDocumentReader> Readers { get; init; }

    /// <summary>The parts of the program as it ships.</summary>
    public static Composition OfProcess() => new()
    {
        Readers = DocumentReaders.All(),
    };

    /// <summary>Reads documents.</summary>
    public DocumentIngest Ingest(IngestOptions options) => new(options, Readers);
}
