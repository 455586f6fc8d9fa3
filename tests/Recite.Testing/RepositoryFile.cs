namespace Recite.Testing;

/// <summary>Files of the repository that tests read: documents under test, bundled models.</summary>
public static class RepositoryFile
{
    private static readonly Lazy<string> Root = new(FindRoot);

    /// <summary>The path of a file named relative to the repository's root, with <c>/</c>.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Root.Value, relative.Replace('/', System.IO.Path.DirectorySeparatorChar));

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Recite.slnx")))
                return directory.FullName;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
