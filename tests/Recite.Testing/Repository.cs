namespace Recite.Testing;

/// <summary>Where the project's files are, seen from a built test.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the project.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Recite.slnx")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException($"There is no Recite.slnx above {AppContext.BaseDirectory}.");
    }
}
