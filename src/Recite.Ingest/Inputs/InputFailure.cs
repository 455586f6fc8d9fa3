using Recite.Indexing;

namespace Recite.Ingest.Inputs;

/// <summary>Says in a few words why the system would not give a file.</summary>
internal static class InputFailure
{
    /// <summary>Whether the error is the file's and not ours.</summary>
    public static bool IsOfInput(Exception error) => error is ReciteException or IOException or UnauthorizedAccessException;

    /// <summary>The kind of an error that is the file's.</summary>
    public static SkipKind KindOf(Exception error) => error switch
    {
        IngestException known => known.Kind,
        ReciteException => SkipKind.Damaged,
        _ => SkipKind.Unreadable,
    };

    /// <summary>The reason without the path, which is nobody's business in a report.</summary>
    public static string Describe(Exception error) => error switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "it is gone",
        PathTooLongException => "its path is too long",
        _ => "the system reports a read error",
    };
}
