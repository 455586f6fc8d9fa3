namespace Recite.Ingest.Containers;

/// <summary>Makes the path that a file has in a container fit to name a document. Nothing is ever written to it.</summary>
internal static class ContainedPath
{
    /// <summary>Longest path in bytes that a container may give a file; longer ones are no paths.</summary>
    public const int MaxBytes = 4096;

    /// <summary>What stands between a container and a file in it.</summary>
    public const string Separator = "!/";

    /// <summary>
    /// The path with <c>/</c>, relative, without <c>.</c> and <c>..</c>; null for what is left out as it is in folders: hidden
    /// files, and the resource forks that macOS adds to archives.
    /// </summary>
    public static string? Clean(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/'))
        {
            if (part is "" or "." or "..")
                continue;
            if (part[0] == '.' || (parts.Count == 0 && part is "__MACOSX"))
                return null;
            parts.Add(part);
        }

        return parts.Count == 0 ? null : string.Join('/', parts);
    }
}
