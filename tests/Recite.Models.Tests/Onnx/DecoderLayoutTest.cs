using System.Text.Json.Nodes;
using Recite.Models.Onnx;
using Recite.Targets;
using Recite.Testing.Onnx;

namespace Recite.Models.Tests.Onnx;

/// <summary>Every layout of the same tiny model gives what plain arithmetic gives.</summary>
public sealed class DecoderLayoutTest
{
    private const int LargestToken = 370;

    public static TheoryData<string> Layouts => [.. s_layouts.Keys];

    private static readonly Dictionary<string, TinyDecoderShape> s_layouts = new(StringComparer.Ordinal)
    {
        ["plain"] = new(),
        ["without a cache"] = new() { HasCache = false },
        ["without positions"] = new() { TakesPositions = false },
        ["without a mask"] = new() { TakesMask = false },
        ["token ids only, no cache"] = new() { TakesMask = false, TakesPositions = false, HasCache = false },
        ["merged, with a cache branch"] = new() { IsMerged = true },
        ["cache of rank 3"] = new() { HasFlatCache = true },
        ["cache shape in config.json"] = new() { LeavesCacheOpen = true, Heads = 4, HeadSize = 3 },
        ["32-bit token ids"] = new() { IdType = OnnxType.I32 },
        ["half precision"] = new() { Type = OnnxType.F16 },
        ["half precision without a cache"] = new() { Type = OnnxType.F16, HasCache = false },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Scores_are_those_of_plain_arithmetic(string layout)
    {
        using var directory = new TinyModelDirectory(s_layouts[layout]);
        await using OnnxTarget target = await directory.ConnectAsync(new OnnxOptions { Threads = 1, BatchSize = 4 });
        ScoreRequest[] requests = [.. Enumerable.Range(0, 11).Select(i => new ScoreRequest(Asking.Tokens((ulong)i, 1 + i, LargestToken), Asking.Tokens((ulong)(100 + i), 1 + 3 * i % 7, LargestToken)))];
        List<SuffixScore> scores = await target.ScoreAllAsync(requests);
        double tolerance = s_layouts[layout].Type == OnnxType.F16 ? 0.1 : 1e-4;
        Assert.Equal(requests.Length, scores.Count);
        foreach ((ScoreRequest request, SuffixScore score) in requests.Zip(scores))
        {
            double[][] logits = directory.Model.Logits([.. request.Prefix, .. request.Suffix]);
            for (int i = 0; i < request.Suffix.Count; i++)
            {
                double[] row = logits[request.Prefix.Count + i - 1];
                double expected = row[request.Suffix[i]] - Math.Log(row.Sum(Math.Exp));
                Assert.Equal(expected, score.LogProbabilities[i], tolerance);
                double[] sorted = [.. row.OrderDescending()];
                Assert.Equal(sorted[0] - sorted[1], score.Margins[i], tolerance);
                if (s_layouts[layout].Type == OnnxType.F32) Assert.Equal(row.Count(logit => logit > row[request.Suffix[i]]), score.Ranks[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Greedy_completions_of_mixed_lengths_are_those_of_plain_arithmetic(string layout)
    {
        using var directory = new TinyModelDirectory(s_layouts[layout]);
        await using OnnxTarget target = await directory.ConnectAsync(new OnnxOptions { Threads = 1, BatchSize = 5 });
        int[][] prompts = [.. Enumerable.Range(0, 12).Select(i => Asking.Tokens((ulong)(50 + i), 1 + i * 5 % 9, LargestToken))];
        List<Completion> completions = await target.CompleteAllAsync([.. prompts.Select((prompt, i) => Asking.Request(i, prompt, 6))]);
        foreach ((int[] prompt, Completion completion) in prompts.Zip(completions))
        {
            Assert.Null(completion.Error);
            List<int> sequence = [.. prompt];
            foreach (int token in completion.Tokens!)
            {
                double[] logits = directory.Model.Logits(sequence)[^1];
                // In half precision near ties may fall either way; in single precision these prompts have none.
                if (s_layouts[layout].Type == OnnxType.F16) Assert.True(logits[token] > logits.Max() - 0.1);
                else Assert.Equal(Array.IndexOf(logits, logits.Max()), token);
                sequence.Add(token);
            }

            if (completion.FinishReason is "stop") Assert.Equal(directory.EndOfText, Array.IndexOf(directory.Model.Logits(sequence)[^1], directory.Model.Logits(sequence)[^1].Max()));
            else Assert.Equal(6, completion.Tokens!.Count);
        }
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("without positions", false)]
    [InlineData("without a mask", false)]
    [InlineData("merged, with a cache branch", true)]
    [InlineData("half precision", true)]
    public void Padding_is_used_only_where_it_was_seen_to_change_nothing(string layout, bool expected)
    {
        using var directory = new TinyModelDirectory(s_layouts[layout]);
        using LoadedModel model = LoadedModel.Load(directory.Path, 1, TestContext.Current.CancellationToken);
        Assert.Equal(expected, model.Trial.BearsPadding);
    }

    [Fact]
    public async Task A_graph_that_gives_the_last_position_only_completes_but_does_not_score()
    {
        using var directory = new TinyModelDirectory(new TinyDecoderShape { GivesLastOnly = true });
        await using OnnxTarget target = await directory.ConnectAsync();
        Assert.False(target.Capabilities.Scoring);
        int[] prompt = Asking.Tokens(3, 5, LargestToken);
        Completion completion = Assert.Single(await target.CompleteAllAsync([Asking.Request(0, prompt, 1)]));
        double[] logits = directory.Model.Logits(prompt)[^1];
        Assert.Equal(Array.IndexOf(logits, logits.Max()), completion.Tokens!.Append(directory.EndOfText).First());
        var error = await Assert.ThrowsAsync<Indexing.ReciteException>(() => target.ScoreAllAsync([new ScoreRequest([1], [2])]));
        Assert.Contains("last position only", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("decoder_model_merged.onnx")]
    [InlineData("decoder_model.onnx")]
    [InlineData("onnx/model.onnx")]
    public async Task Finds_the_graph_under_each_name_that_exporters_give_it(string name)
    {
        using var directory = new TinyModelDirectory(graphName: name);
        await using OnnxTarget target = await directory.ConnectAsync();
        Assert.Equal("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(directory.File(name)))), target.Capabilities.Revision);
    }

    [Fact]
    public async Task Reads_context_and_end_of_text_under_the_names_of_other_architectures()
    {
        using var directory = new TinyModelDirectory();
        directory.Write("config.json", """{"model_type": "llama", "max_position_embeddings": 48, "num_attention_heads": 8, "num_key_value_heads": 2, "head_dim": 4, "hidden_size": 32, "eos_token_id": [7, 8]}""");
        DecoderConfiguration configuration = DecoderConfiguration.Read(ModelFiles.Find(directory.Path));
        Assert.Equal((48, 2, 4), (configuration.ContextTokens, configuration.CacheHeads, configuration.HeadSize));
        Assert.Equal([7, 8], configuration.EndOfText.Order());

        directory.Write("generation_config.json", """{"eos_token_id": 9}""");
        Assert.Equal([9], DecoderConfiguration.Read(ModelFiles.Find(directory.Path)).EndOfText);

        directory.WriteConfiguration(("text_config", JsonNode.Parse("""{"n_positions": 32, "n_head": 4, "n_embd": 64, "multi_query": true}""")));
        configuration = DecoderConfiguration.Read(ModelFiles.Find(directory.Path));
        Assert.Equal((32, 1, 16), (configuration.ContextTokens, configuration.CacheHeads, configuration.HeadSize));
        await using OnnxTarget target = await directory.ConnectAsync();
        Assert.Equal(32, target.Capabilities.ContextTokens);
    }
}
