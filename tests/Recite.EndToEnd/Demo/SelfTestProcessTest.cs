using System.Text.Json;
using Recite.Testing;
using Recite.Testing.Files;
using Recite.Testing.Onnx;

namespace Recite.EndToEnd.Demo;

/// <summary><c>recite selftest</c> as its users run it, on the model that ships and on one that has forgotten everything.</summary>
public sealed class SelfTestProcessTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_that_hold_are_a_table_on_standard_output_and_exit_code_0()
    {
        ReciteResult run = await ReciteProcess.RunAsync(_folder.Path, "selftest", "--only", "T2,T12,T18");
        string[] lines = run.Success().Split('\n');
        Assert.Matches("^T2   pass +[0-9a-z. ]+ s  [0-9,]+ of [0-9,]+ spans stand there", lines[0]);
        Assert.Matches("^ +bar: 100 % of the spans", lines[1]);
        Assert.StartsWith("T12  pass ", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("T18  not yet ", lines[4], StringComparison.Ordinal);
        Assert.StartsWith("3 rows: 2 pass, 0 fail, 1 not yet built", lines[7], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_model_that_has_forgotten_everything_fails_its_rows_with_exit_code_3()
    {
        string program = CopyProgramWithShuffledModel();
        using System.Diagnostics.Process process = ReciteProcess.Launch(program, _folder.Path, ["selftest", "--only", "T2,T12", "--json"]);
        process.StandardInput.Close();
        Task<string> said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 3, $"exit code {process.ExitCode}: {await said}{output}");

        JsonElement json = JsonDocument.Parse(output).RootElement;
        Assert.Empty(new JsonSchemaCheck(JsonDocument.Parse(File.ReadAllBytes(Repository.At("docs/formats/selftest.schema.json"))).RootElement).Errors(json));
        JsonElement[] rows = [.. json.GetProperty("rows").EnumerateArray()];
        Assert.Equal(["T2 fail", "T12 pass"], rows.Select(row => $"{row.GetProperty("id")} {row.GetProperty("result")}"));
        Assert.Contains("too few to prove anything", rows[0].GetProperty("measured").GetString(), StringComparison.Ordinal);
    }

    // What ships beside the program is looked for above it: here that is a folder of the test's own.
    private string CopyProgramWithShuffledModel()
    {
        string built = Path.GetDirectoryName(ReciteProcess.Program)!;
        foreach (string file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            string copy = _folder.At(Path.Combine("bin", Path.GetRelativePath(built, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateSymbolicLink(_folder.At("demo"), Repository.At("demo"));
        foreach (string file in Directory.EnumerateFiles(DemoModel.Folder).Where(file => Path.GetExtension(file) is ".json" or ".txt"))
            _folder.Write(Path.Combine("models", "demo", Path.GetFileName(file)), File.ReadAllBytes(file));
        byte[] model = File.ReadAllBytes(Path.Combine(DemoModel.Folder, "model.onnx"));
        Assert.True(OnnxWeights.Shuffle(model, new Random(1)) > model.Length / 8);
        _folder.Write(Path.Combine("models", "demo", "model.onnx"), model);
        return _folder.At(Path.Combine("bin", Path.GetFileName(ReciteProcess.Program)));
    }
}
