using System.Security.Cryptography;
using System.Text;
using Recite.Indexing;
using Recite.Models.Onnx;
using Recite.Targets;
using Recite.Testing.Onnx;

namespace Recite.Models.Tests.Onnx;

/// <summary>Directories that do not fit get one sentence each; those that fit say what they are.</summary>
public sealed class OnnxDirectoryTest
{
    [Fact]
    public async Task Says_what_it_is_once_connected()
    {
        await using var target = new OnnxTarget(DemoModel.Path);
        Assert.Equal("onnx:" + DemoModel.Path, target.Id);
        Assert.Throws<InvalidOperationException>(() => target.Capabilities);
        Assert.Null(target.Tokenizer);
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        TargetCapabilities capabilities = target.Capabilities;
        string digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(DemoModel.Path, "model.onnx"), TestContext.Current.CancellationToken)));
        Assert.Equal(new TargetCapabilities("local", "sha256:" + digest, Scoring: true, TokenPrompts: true, Deterministic: true, 256) { ScoringMethod = "local" }, capabilities);
        Assert.NotNull(target.Tokenizer);
    }

    [Fact]
    public async Task Weights_in_a_file_of_their_own_are_part_of_the_digest()
    {
        using var directory = new TinyModelDirectory();
        directory.Write("model.onnx_data", "first");
        string[] lines = [.. ((string[])["model.onnx", "model.onnx_data"]).Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(directory.File(name))))}  {name}\n")];
        await using OnnxTarget target = await directory.ConnectAsync();
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)))), target.Capabilities.Revision);
        directory.Write("model.onnx_data", "other");
        await using OnnxTarget other = await directory.ConnectAsync();
        Assert.NotEqual(target.Capabilities.Revision, other.Capabilities.Revision, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Missing_files_are_named()
    {
        Assert.Contains("is not a directory", await FailsAsync("no/such/place"), StringComparison.Ordinal);
        foreach ((string name, string says) in ((string, string)[])[("model.onnx", "holds no model.onnx"), ("config.json", "holds no config.json"), ("tokenizer.json", "holds no tokenizer")])
        {
            using var directory = new TinyModelDirectory();
            File.Delete(directory.File(name));
            Assert.Contains(says, await FailsAsync(directory.Path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Broken_configurations_are_named()
    {
        using var directory = new TinyModelDirectory();
        directory.Write("config.json", "{\"n_positions\": ");
        Assert.Contains("config.json is not valid JSON (line 1", await FailsAsync(directory.Path), StringComparison.Ordinal);
        directory.Write("config.json", "{\"is_encoder_decoder\": true}");
        Assert.Contains("config.json describes an encoder-decoder", await FailsAsync(directory.Path), StringComparison.Ordinal);
        directory.WriteConfiguration();
        directory.Write("generation_config.json", "[1]");
        Assert.Contains("generation_config.json holds no JSON object", await FailsAsync(directory.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Corrupted_graphs_are_one_sentence_wherever_they_are_corrupted()
    {
        using var directory = new TinyModelDirectory();
        byte[] good = await File.ReadAllBytesAsync(directory.File("model.onnx"), TestContext.Current.CancellationToken);
        foreach (byte[] bad in (byte[][])[[], "hello"u8.ToArray(), good[..100], good[..(good.Length / 2)], [.. good[..^300], .. new byte[300]]])
        {
            await File.WriteAllBytesAsync(directory.File("model.onnx"), bad, TestContext.Current.CancellationToken);
            string message = await FailsAsync(directory.Path);
            Assert.Contains("model.onnx", message, StringComparison.Ordinal);
            Assert.Contains("cannot be run by ONNX Runtime", message, StringComparison.Ordinal);
            Assert.DoesNotContain(".cc:", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Any_flipped_byte_gives_a_sentence_or_a_model_never_a_crash()
    {
        using var directory = new TinyModelDirectory();
        byte[] good = await File.ReadAllBytesAsync(directory.File("model.onnx"), TestContext.Current.CancellationToken);
        int refused = 0;
        for (int i = 0; i < 120; i++)
        {
            byte[] bad = [.. good];
            // Half of the flips in the last part of the file, where the nodes and shapes are.
            int at = (int)(Philox.Uniform(99, (ulong)i) * (i % 2 == 0 ? good.Length : 3000));
            bad[^(at + 1)] ^= (byte)(1 << (i % 8));
            await File.WriteAllBytesAsync(directory.File("model.onnx"), bad, TestContext.Current.CancellationToken);
            await using var target = new OnnxTarget(directory.Path, new OnnxOptions { Threads = 1 });
            try
            {
                await target.ConnectAsync(TestContext.Current.CancellationToken);
                Completion completion = Assert.Single(await target.CompleteAllAsync([Asking.Request(0, [1, 2, 3], 3)]));
                Assert.Equal(completion.Disposition == Disposition.Error, completion.Error is not null);
            }
            catch (ReciteException e)
            {
                refused++;
                Assert.StartsWith(directory.File("model.onnx"), e.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 1, 119);
    }

    [Fact]
    public async Task Graphs_of_another_kind_are_one_sentence_each()
    {
        using var directory = new TinyModelDirectory();
        foreach ((string says, Action<OnnxGraph> build) in OtherGraphs())
        {
            var graph = new OnnxGraph();
            graph.Input("input_ids", OnnxType.I64, "batch", "sequence");
            build(graph);
            await File.WriteAllBytesAsync(directory.File("model.onnx"), graph.ToModel(), TestContext.Current.CancellationToken);
            Assert.Contains(says, await FailsAsync(directory.Path), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<(string Says, Action<OnnxGraph> Build)> OtherGraphs()
    {
        static void GiveLogits(OnnxGraph graph)
        {
            graph.NodeTo("logits", "Unsqueeze", [graph.Node("Cast", ["input_ids"], ("to", (int)OnnxType.F32)), graph.Integers("axes", 2)]);
            graph.Output("logits", OnnxType.F32, "batch", "sequence", "vocabulary");
        }

        yield return ("gives logits of the shape [1, 3, 1]", GiveLogits);
        yield return ("has no output named logits", graph =>
        {
            graph.NodeTo("hidden", "Cast", ["input_ids"], ("to", (int)OnnxType.F32));
            graph.Output("hidden", OnnxType.F32, "batch", "sequence");
        }
        );
        yield return ("gives logits as Int64 of rank 2", graph =>
        {
            graph.NodeTo("logits", "Identity", ["input_ids"]);
            graph.Output("logits", OnnxType.I64, "batch", "sequence");
        }
        );
        yield return ("has an input 'encoder_hidden_states'", graph =>
        {
            graph.Input("encoder_hidden_states", OnnxType.F32, "batch", "sequence", 8);
            GiveLogits(graph);
        }
        );
        yield return ("has an input 'past_key_values.0.key' but no output that continues it", graph =>
        {
            graph.Input("past_key_values.0.key", OnnxType.F32, "batch", 2, "past", 4);
            GiveLogits(graph);
        }
        );
        yield return ("takes position_ids as Float of rank 1", graph =>
        {
            graph.Input("position_ids", OnnxType.F32, "sequence");
            GiveLogits(graph);
        }
        );
    }

    [Fact]
    public async Task A_cache_whose_shape_nobody_knows_is_one_sentence()
    {
        using var directory = new TinyModelDirectory(new TinyDecoderShape { LeavesCacheOpen = true });
        directory.Write("config.json", "{}");
        Assert.Contains("leaves the shape of past_key_values.0.key open", await FailsAsync(directory.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tokenizer_of_another_model_is_one_sentence()
    {
        using var directory = new TinyModelDirectory(new TinyDecoderShape { Vocabulary = 300 });
        Assert.Contains("has a vocabulary of 300 tokens, but the tokenizer", await FailsAsync(directory.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_the_tokenizer_cannot_take_fails_its_own_attempt_only()
    {
        using var directory = new TinyModelDirectory();
        string json = await File.ReadAllTextAsync(directory.File("tokenizer.json"), TestContext.Current.CancellationToken);
        System.Text.Json.Nodes.JsonNode tokenizer = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        tokenizer["pre_tokenizer"] = System.Text.Json.Nodes.JsonNode.Parse(
            """{"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "(a+)+$"}, "behavior": "Isolated"}, {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]}""");
        directory.Write("tokenizer.json", tokenizer.ToJsonString());
        await using OnnxTarget target = await directory.ConnectAsync();
        string[] prompts = ["the cat", new string('a', 40) + "!", "the other"];
        List<Completion> completions = await target.CompleteAllAsync([.. prompts.Select((prompt, i) => new CompletionRequest { Index = i, AttemptId = $"{i}", Prompt = prompt, MaxTokens = 2 })]);
        Assert.Equal([false, true, false], completions.Select(completion => completion.Disposition == Disposition.Error));
        Assert.Contains("takes too long", completions[1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_bounds_are_one_sentence()
    {
        Assert.Contains("batch of 0", Assert.Throws<ReciteException>(() => new OnnxTarget("x", new OnnxOptions { BatchSize = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("0 threads", Assert.Throws<ReciteException>(() => new OnnxTarget("x", new OnnxOptions { Threads = 0 })).Message, StringComparison.Ordinal);
    }

    private static async Task<string> FailsAsync(string path)
    {
        await using var target = new OnnxTarget(path, new OnnxOptions { Threads = 1 });
        string message = (await Assert.ThrowsAsync<ReciteException>(() => target.ConnectAsync(TestContext.Current.CancellationToken))).Message;
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
