namespace Recite.Ingest.Epub;

/// <summary>Resolves the references inside a book.</summary>
internal static class EpubPath
{
    /// <summary>The path in the archive to which a reference in a file leads, without its fragment.</summary>
    /// <param name="from">The path of the file that refers.</param>
    /// <param name="reference">A relative reference, percent-encoded.</param>
    public static string Resolve(string from, string reference)
    {
        int fragment = reference.IndexOf('#', StringComparison.Ordinal);
        string relative = Uri.UnescapeDataString(fragment < 0 ? reference : reference[..fragment]);
        var parts = new List<string>();
        if (!relative.StartsWith('/'))
            parts.AddRange(from.Split('/')[..^1]);
        foreach (string part in relative.Split('/'))
        {
            if (part is ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "." or ".."))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
