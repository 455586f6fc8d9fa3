using System.Diagnostics;
using System.Text.Json;

namespace Recite.Testing.Matching;

/// <summary>Real texts from Debian's packages, as <c>eng/corpus</c> makes them.</summary>
public static class CorpusFile
{
    /// <summary>Fetches or reuses the corpus of a size like <c>5M</c> or <c>html-30M</c>; fails loudly when packages cannot be had.</summary>
    public static string Fetch(string size)
    {
        string path = Repository.At($"artifacts/corpus-{size}.jsonl");
        using Process process = Process.Start(new ProcessStartInfo("sh", [Repository.At("eng/corpus"), size, path]) { RedirectStandardError = true, UseShellExecute = false })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? path : throw new InvalidOperationException($"The corpus for this test cannot be had: {said}");
    }

    public static IEnumerable<(string Id, string Text)> Read(string path) => File.ReadLines(path).Select(line =>
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return (json.RootElement.GetProperty("id").GetString()!, json.RootElement.GetProperty("text").GetString()!);
    });
}
