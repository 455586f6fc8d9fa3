using Recite.Indexing;

namespace Recite.Ingest;

/// <summary>A file could not be read: the sentence for people, and the kind of failure for programs.</summary>
public sealed class IngestException : ReciteException
{
    /// <summary>Creates the error with the sentence that the user will read.</summary>
    public IngestException(SkipKind kind, string message)
        : base(message) => Kind = kind;

    /// <summary>Creates the error with the sentence that the user will read and the failure behind it.</summary>
    public IngestException(SkipKind kind, string message, Exception innerException)
        : base(message, innerException) => Kind = kind;

    /// <summary>What kind of failure it is.</summary>
    public SkipKind Kind { get; }
}
