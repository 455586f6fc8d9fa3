using System.Text;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Kills;

/// <summary>Corpora for builds that are killed: the same real texts several times over, each time a little different.</summary>
internal static class KillCorpus
{
    /// <summary>Little memory, and no lines that nobody reads.</summary>
    public static IReadOnlyList<string> Options { get; } = ["--memory", "256M", "--no-progress"];

    /// <summary>Writes a corpus; two of different names share no whole text.</summary>
    public static string Write(TemporaryFolder folder, string name, int repetitions)
    {
        string path = folder.At($"{name}.jsonl");
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        Matching.RealCorpus corpus = Matching.RealCorpus.Fetch("5M");
        for (int i = 0; i < repetitions; i++)
        {
            foreach ((string id, string text) in corpus.Documents)
                writer.Write($"{{\"id\":{Json(FormattableString.Invariant($"{name}-{i}-{id}"))},\"text\":{Json($"{name} {i} {text}")}}}\n");
        }

        return path;
    }

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
