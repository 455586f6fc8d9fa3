using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recite.Models.Tests.Tokenizers;

/// <summary>A directory with a small tokenizer trained on a few sentences, to be bent by each test.</summary>
internal sealed class TokenizerFixture : IDisposable
{
    public const string EndOfText = "<|endoftext|>";

    private const string Sample =
        "the cat and the other cat went to the market, and there they bought 12 apples; it's what they'd do. " +
        "Über den Wäldern ist es still, und die Wälder sind weit 日本 日本語 the end of the other end 🙂 and 🙂 that's all the cats we've seen.";

    public TokenizerFixture()
    {
        Path = Directory.CreateTempSubdirectory("recite-tokenizer-").FullName;
        Bpe = NaiveBpe.Train(Sample, 120);
        EndOfTextId = Bpe.Vocabulary.Count;
        var vocabulary = new JsonObject(Bpe.Vocabulary.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        Json = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(Added(EndOfTextId, EndOfText, special: true)),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = true },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. Bpe.Merges.Select(merge => (JsonNode)$"{merge.Left} {merge.Right}")]),
            },
        };
    }

    public string Path { get; }

    public NaiveBpe Bpe { get; }

    public int EndOfTextId { get; }

    public JsonObject Json { get; }

    public static JsonObject Added(int id, string content, bool special) =>
        new() { ["id"] = id, ["content"] = content, ["special"] = special, ["lstrip"] = false, ["rstrip"] = false, ["single_word"] = false, ["normalized"] = false };

    public void Write(string name, string content) => File.WriteAllText(System.IO.Path.Combine(Path, name), content);

    public Models.Tokenizers.ByteLevelTokenizer Load()
    {
        Write("tokenizer.json", Json.ToJsonString());
        return Models.Tokenizers.TokenizerDirectory.Load(Path);
    }

    public Models.Tokenizers.ByteLevelTokenizer LoadVocabularyAndMerges()
    {
        var entries = Bpe.Vocabulary.Append(KeyValuePair.Create(EndOfText, EndOfTextId)).ToDictionary();
        Write("vocab.json", JsonSerializer.Serialize(entries));
        Write("merges.txt", "#version: 0.2\n" + string.Join('\n', Bpe.Merges.Select(merge => $"{merge.Left} {merge.Right}")) + "\n");
        return Models.Tokenizers.TokenizerDirectory.Load(Path);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
