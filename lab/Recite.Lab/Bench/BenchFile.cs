using System.Text.Json;
using Recite.Lab.Checks;
using Recite.Lab.Export;

namespace Recite.Lab.Bench;

/// <summary>models/bench.json, and the finished results from which an interrupted bench continues.</summary>
internal sealed class BenchFile(string folder)
{
    private static readonly JsonSerializerOptions s_indented = new(JsonFiles.Indented)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The result of this very recipe, if it is finished.</summary>
    public BenchResult? Finished(BenchModel model)
    {
        string path = Path.Combine(folder, model.Name + ".json");
        if (!File.Exists(path))
            return null;
        BenchResult? result = JsonSerializer.Deserialize<BenchResult>(File.ReadAllBytes(path), s_indented);
        return result?.Recipe == model.Recipe ? result : null;
    }

    /// <summary>Keeps a result; all of it or nothing, since the bench may be killed here.</summary>
    public void Keep(BenchModel model, BenchResult result)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, model.Name + ".json");
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(result, s_indented));
        File.Move(path + ".new", path, overwrite: true);
    }

    public static void Write(string path, IReadOnlyList<BenchResult> results) => File.WriteAllText(path, JsonSerializer.Serialize(
        new
        {
            schema = "recite.bench/1",
            command = "lab/bench",
            decoder = "TorchSharp, greedy, without a cache",
            prefixTokens = CanaryExtraction.PrefixTokens,
            suffixTokens = CanaryExtraction.SuffixTokens,
            models = results,
        },
        s_indented) + "\n");
}
