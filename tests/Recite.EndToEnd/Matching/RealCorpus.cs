using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Recite.Testing;
using Recite.Testing.Matching;
using Recite.Testing.Text;

namespace Recite.EndToEnd.Matching;

/// <summary>Real texts of many languages from Debian's packages, with the oracle's own reading of them.</summary>
internal sealed record RealCorpus(string Path, IReadOnlyList<(string Id, string Text)> Documents)
{
    /// <summary>Fetches or reuses the corpus of a size like <c>5M</c>; fails loudly when packages cannot be had.</summary>
    public static RealCorpus Fetch(string size)
    {
        string path = Repository.At($"artifacts/corpus-{size}.jsonl");
        using Process process = Process.Start(new ProcessStartInfo("sh", [Repository.At("eng/corpus"), size, path]) { RedirectStandardError = true, UseShellExecute = false })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"The corpus for this test cannot be had: {said}");
        return new RealCorpus(path, [.. File.ReadLines(path).Select(Read)]);
    }

    /// <summary>Every document normalized by the oracles: the slow one, or for pure ASCII the plain reading of the definition.</summary>
    public IReadOnlyList<ScannedDocument> Normalize() =>
        [.. Documents.AsParallel().AsOrdered().Select(document => new ScannedDocument(document.Id, Normalize(document.Text)))];

    public static byte[] Normalize(string text) =>
        Ascii.IsValid(text) ? [.. SlowAscii.Normalize(text).Select(point => point.Value)] : SlowNormalizer.Normalize(Encoding.UTF8.GetBytes(text));

    private static (string Id, string Text) Read(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return (json.RootElement.GetProperty("id").GetString()!, json.RootElement.GetProperty("text").GetString()!);
    }
}
