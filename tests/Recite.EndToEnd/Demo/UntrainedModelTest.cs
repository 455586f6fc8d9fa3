using System.Text.Json.Nodes;
using Recite.Testing.Files;
using Recite.Testing.Onnx;

namespace Recite.EndToEnd.Demo;

/// <summary>The verdict comes from the weights: the same graph, vocabulary and sizes without what was learned know nothing.</summary>
[Collection(DemoTests.Name)]
public sealed class UntrainedModelTest
{
    private const string Prefix = "{ samples: 150, prefix: 50t, suffix: 50t, offset: random, repeat: 1, seed: 7 }";
    private const int Limit = 150;

    [Fact]
    public async Task Shuffled_weights_turn_the_verdict()
    {
        using var folder = new TemporaryFolder();
        string index = await DemoModel.BuildIndexAsync(folder);
        foreach (string file in Directory.EnumerateFiles(DemoModel.Folder).Where(file => Path.GetExtension(file) is ".json" or ".txt"))
            folder.Write(Path.Combine("untrained", Path.GetFileName(file)), File.ReadAllBytes(file));
        byte[] model = File.ReadAllBytes(Path.Combine(DemoModel.Folder, "model.onnx"));
        int shuffled = OnnxWeights.Shuffle(model, new Random(1));
        Assert.True(shuffled > model.Length / 8, $"only {shuffled} of {model.Length / 4} weights were shuffled");
        folder.Write(Path.Combine("untrained", "model.onnx"), model);

        string trained = DemoModel.WriteConfig(folder, "a", index, $"onnx:{DemoModel.Folder}", Prefix, Limit);
        string untrained = DemoModel.WriteConfig(folder, "b", index, $"onnx:{folder.At("untrained")}", Prefix, Limit);
        JsonObject knows = await DemoModel.AuditAsync(trained), knowsNothing = await DemoModel.AuditAsync(untrained);

        Assert.True(Hits(knows) > 10, $"the trained model gave back only {Hits(knows)}");
        Assert.Equal(0, Hits(knowsNothing));
        Assert.Empty(knowsNothing["findings"]!.AsArray());
        Assert.NotEqual((string?)knows["target"]!["revision"], (string?)knowsNothing["target"]!["revision"]);
        Assert.Equal((int)knows["cost"]!["attempts"]!, (int)knowsNothing["cost"]!["attempts"]!);
        string html = await RenderAsync(untrained);
        Assert.Contains(FormattableString.Invariant($"None of the {Trials(knowsNothing)} samples came back."), html, StringComparison.Ordinal);
        Assert.Contains("The model gives back ", await RenderAsync(trained), StringComparison.Ordinal);
    }

    private static int Hits(JsonObject report) => (int)Headline(report)["hits"]!;

    private static int Trials(JsonObject report) => (int)Headline(report)["trials"]!;

    private static JsonNode Headline(JsonObject report) =>
        report["rates"]!.AsArray().First(rate => (string?)rate!["name"] == "extraction" && rate["stratum"] is null)!;

    private static Task<string> RenderAsync(string folder) =>
        File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(folder, "runs"), "report.html", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken);
}
