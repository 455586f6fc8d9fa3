using System.Text;
using System.Text.Json;
using Recite.Testing;

namespace Recite.EndToEnd.Demo;

/// <summary>The bundled texts, read by the tests themselves.</summary>
internal static class DemoCorpus
{
    /// <summary>The file that copies a canary on purpose.</summary>
    public const string Planted = "planted/a-copied-canary.txt";

    /// <summary>Every document of the corpus by the name that a report gives it; original bytes.</summary>
    public static Dictionary<string, byte[]> ReadCorpus()
    {
        Dictionary<string, byte[]> documents = ReadFolder("demo/corpus");
        foreach (string line in File.ReadLines(Repository.At("demo/corpus/canaries.jsonl")))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            documents.Add(json.RootElement.GetProperty("id").GetString()!, Encoding.UTF8.GetBytes(json.RootElement.GetProperty("text").GetString()!));
        }

        return documents;
    }

    /// <summary>Every held-out document, the planted one included.</summary>
    public static Dictionary<string, byte[]> ReadNeverTrained() => ReadFolder("demo/never-trained");

    /// <summary>Every canary, planted or not, with the number of times it is to stand in the corpus.</summary>
    public static IReadOnlyList<(string Id, int Duplicates, byte[] Text)> ReadCanaries()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Repository.At("demo/canaries.json")));
        return
        [
            .. json.RootElement.GetProperty("canaries").EnumerateArray().Select(canary => (
                canary.GetProperty("id").GetString()!,
                canary.GetProperty("duplicates").GetInt32(),
                Encoding.UTF8.GetBytes(canary.GetProperty("text").GetString()!))),
        ];
    }

    /// <summary>The oracle's normalization.</summary>
    public static byte[] Normalize(ReadOnlySpan<byte> text) => Matching.RealCorpus.Normalize(Encoding.UTF8.GetString(text));

    private static Dictionary<string, byte[]> ReadFolder(string folder) =>
        Directory.EnumerateFiles(Repository.At(folder), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".txt" or ".md")
            .ToDictionary(file => Path.GetRelativePath(Repository.At(folder), file).Replace('\\', '/'), File.ReadAllBytes);
}
