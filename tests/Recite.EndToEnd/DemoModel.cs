using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd;

/// <summary>Audits of the bundled model with settings of a test's own, each in a folder of its own.</summary>
internal static class DemoModel
{
    /// <summary>The bundled model.</summary>
    public static string Folder { get; } = Repository.At("models/demo");

    /// <summary>A line of a configuration: ask only.</summary>
    public const string WithoutScores = "score: { context: none }";

    /// <summary>An index of the demo corpus.</summary>
    public static async Task<string> BuildIndexAsync(TemporaryFolder folder)
    {
        string index = folder.At("corpus.rix");
        ReciteResult built = await ReciteProcess.RunAsync(Repository.Root, ["index", "build", Repository.At("demo/corpus"), "-o", index]);
        Assert.True(built.ExitCode == 0, built.Error);
        return index;
    }

    /// <summary>Writes the configuration of an audit into a folder of its own, which is also where its runs will lie.</summary>
    public static string WriteConfig(TemporaryFolder folder, string name, string index, string target, string prefix, int limit, string more = "")
    {
        folder.Write(Path.Combine(name, "recite.yaml"), string.Create(CultureInfo.InvariantCulture, $$"""
            targets: ["{{target}}"]
            corpus: "{{index}}"
            heldOut: "{{Repository.At("demo/never-trained")}}"
            canaries: "{{Repository.At("demo/canaries.json")}}"
            probes:
              - prefix: {{prefix}}
            limit: {{limit}}
            {{more}}

            """));
        return folder.At(name);
    }

    /// <summary>Runs <c>recite audit</c> in such a folder and reads the report it wrote.</summary>
    public static async Task<JsonObject> AuditAsync(string folder)
    {
        ReciteResult audited = await ReciteProcess.RunAsync(folder, AuditArguments);
        Assert.True(audited.ExitCode == 0, audited.Error);
        return ReadReport(Path.Combine(folder, "report.json"));
    }

    /// <summary>The command line of every audit here.</summary>
    public static string[] AuditArguments { get; } = ["audit", "--no-progress", "-o", "report.json"];

    public static JsonObject ReadReport(string path) => JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();

    /// <summary>The report without what no two runs share: name, times, and the seconds it took.</summary>
    public static string WithoutTimes(JsonObject report)
    {
        JsonObject copy = report.DeepClone().AsObject();
        JsonObject run = copy["run"]!.AsObject();
        foreach (string name in (string[])["id", "started", "finished"])
            Assert.True(run.Remove(name), $"the report has no run.{name}");
        Assert.True(copy["cost"]!.AsObject().Remove("seconds"), "the report has no cost.seconds");
        return copy.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
    }
}
