using System.Runtime.InteropServices;
using System.Text.Json;
using Recite.Lab.Formats;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd.SecondEngine;

/// <summary>A text, and a prompt and suffix cut from it as token ids.</summary>
internal sealed record Passage(string Text, IReadOnlyList<int> Prompt, IReadOnlyList<int> Suffix, bool Scored);

/// <summary>What llama.cpp makes of a passage.</summary>
/// <param name="Tokens">The text, cut by its own tokenizer.</param>
/// <param name="Greedy">Tokens decoded greedily after the prompt, up to the suffix's length or the first that is not the suffix's.</param>
/// <param name="LogProbabilities">Of the suffix's tokens, where asked for.</param>
internal sealed record PassageAnswer(IReadOnlyList<int> Tokens, IReadOnlyList<int> Greedy, IReadOnlyList<double>? LogProbabilities);

/// <summary>
/// llama.cpp, installed by npm into the artifacts when a test first asks for it: an engine that shares with ours neither the runtime
/// nor the graph, the tokenizer or the loop.
/// </summary>
internal static class LlamaCpp
{
    private const int RegistryUnreachable = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly JsonSerializerOptions s_web = new(JsonSerializerDefaults.Web);

    /// <summary>Asks a model folder of the lab's, or skips the test where llama.cpp cannot be had.</summary>
    public static async Task<IReadOnlyList<PassageAnswer>> AskAsync(string modelFolder, IReadOnlyList<Passage> passages)
    {
        string engine = await InstallAsync();
        using var folder = new TemporaryFolder();
        LlamaGguf.Write(modelFolder, folder.At("model.gguf"));
        await File.WriteAllBytesAsync(folder.At("questions.json"), JsonSerializer.SerializeToUtf8Bytes(new { model = folder.At("model.gguf"), threads = 1, passages }, s_web));
        ReciteResult asked = await ToolProcess.RunAsync(s_patience, "node", engine, "ask.mjs", folder.At("questions.json"), folder.At("answers.json"));
        Assert.True(asked.ExitCode == 0, asked.Error + asked.Output);
        List<PassageAnswer> answers = JsonSerializer.Deserialize<List<PassageAnswer>>(await File.ReadAllBytesAsync(folder.At("answers.json")), s_web)!;
        Assert.Equal(passages.Count, answers.Count);
        return answers;
    }

    private static async Task<string> InstallAsync()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            Assert.Skip("llama.cpp is pinned for linux-x64 only");
        string engine = Repository.At("artifacts/second-engine");
        ReciteResult installed = await ToolProcess.RunAsync(s_patience, "/bin/sh", Repository.Root, Repository.At("eng/second-engine/install"), engine);
        if (installed.ExitCode == RegistryUnreachable)
        {
            TestContext.Current.SendDiagnosticMessage(installed.Error);
            Assert.Skip("llama.cpp is not installed: npm is missing or its registry cannot be reached");
        }

        Assert.True(installed.ExitCode == 0, installed.Error + installed.Output);
        return engine;
    }
}
