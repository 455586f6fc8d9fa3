using System.Diagnostics;

namespace Recite.Testing.Text;

/// <summary>The text files of the Unicode character database in <c>artifacts/unicode</c>; fetched when they are not there yet.</summary>
public static class UnicodeFiles
{
    private static readonly Lazy<string> s_directory = new(Fetch);

    public static string Folder => s_directory.Value;

    /// <summary>The fields of every line that is no comment; <paramref name="separator"/> stands between them.</summary>
    public static IEnumerable<string[]> ReadFields(string name, char separator = ';')
    {
        foreach (string line in File.ReadLines(Path.Combine(Folder, name)))
        {
            string content = line.Split('#')[0];
            if (content.Trim().Length > 0 && content[0] != '@')
                yield return Array.ConvertAll(content.Split(separator), field => field.Trim());
        }
    }

    private static string Fetch()
    {
        string script = Repository.At("eng/unicode/fetch");
        using Process process = Process.Start(new ProcessStartInfo("sh", [script]) { RedirectStandardError = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"cannot start {script}");
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The Unicode files, without which normalization is NOT TESTED, could not be fetched: {errors}");
        return Path.Combine(Repository.Root, "artifacts", "unicode");
    }
}
