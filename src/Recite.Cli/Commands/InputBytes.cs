namespace Recite.Cli.Commands;

/// <summary>How much there is to read, for the remaining time that progress shows.</summary>
internal static class InputBytes
{
    /// <summary>Bytes of the files, or 0 when an input is compressed, a pattern, a repository or standard input, so that nobody can say.</summary>
    public static long Sum(IReadOnlyList<string> inputs)
    {
        long sum = 0;
        foreach (string input in inputs)
        {
            if (Path.Exists(Path.Join(input, ".git")))
                return 0;
            if (Directory.Exists(input))
                sum += new DirectoryInfo(input).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).Sum(file => file.Length);
            else if (File.Exists(input) && !IsCompressed(input))
                sum += new FileInfo(input).Length;
            else
                return 0;
        }

        return sum;
    }

    private static bool IsCompressed(string path) =>
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase);
}
