using System.Text.Json.Nodes;
using Recite.Indexing;
using Recite.Models.Tokenizers;

namespace Recite.Models.Tests.Tokenizers;

public sealed class TokenizerDirectoryTest : IDisposable
{
    private readonly TokenizerFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Beginning_of_text_is_put_first_only_where_the_files_say_so()
    {
        Assert.Null(_fixture.Load().BeginningOfText);

        _fixture.Json["post_processor"] = JsonNode.Parse(
            """{"type": "Sequence", "processors": [{"type": "ByteLevel"}, {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<|endoftext|>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]}]}""");
        Assert.Equal(_fixture.EndOfTextId, _fixture.Load().BeginningOfText);

        _fixture.Write("tokenizer_config.json", """{"add_bos_token": false, "bos_token": "<|endoftext|>"}""");
        Assert.Null(_fixture.Load().BeginningOfText);

        _fixture.Json["post_processor"] = null;
        _fixture.Write("tokenizer_config.json", """{"add_bos_token": true, "bos_token": {"content": "<|endoftext|>"}}""");
        Assert.Equal(_fixture.EndOfTextId, _fixture.Load().BeginningOfText);
    }

    [Theory]
    [InlineData("model.type", "\"Unigram\"", "holds a Unigram tokenizer")]
    [InlineData("model.byte_fallback", "true", "byte fallback")]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "marks parts of words")]
    [InlineData("model.vocab", "{\"a\": 0}", "no token for the byte 0x00")]
    [InlineData("model.vocab", "{\"a\": \"x\"}", "something else than a token id")]
    [InlineData("model.vocab", "[]", "holds no vocabulary")]
    [InlineData("model.merges", "[\"a b c\"]", "not two parts")]
    [InlineData("model.merges", "[7]", "not two parts")]
    [InlineData("model.merges", "[\"zq qz\"]", "not in the vocabulary")]
    [InlineData("model", "null", "holds no model")]
    [InlineData("normalizer", "{\"type\": \"Lowercase\"}", "normalizer Lowercase")]
    [InlineData("pre_tokenizer", "{\"type\": \"Metaspace\"}", "does not end with ByteLevel")]
    [InlineData("pre_tokenizer", "null", "does not end with ByteLevel")]
    [InlineData("pre_tokenizer", "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Split\", \"pattern\": {\"Regex\": \"(\"}}, {\"type\": \"ByteLevel\"}]}", "cannot be used here")]
    [InlineData("pre_tokenizer", "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Split\", \"pattern\": {\"String\": \" \"}, \"behavior\": \"Removed\"}, {\"type\": \"ByteLevel\"}]}", "'Removed'")]
    [InlineData("pre_tokenizer", "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Whitespace\"}, {\"type\": \"ByteLevel\"}]}", "'Whitespace'")]
    [InlineData("added_tokens", "[{\"content\": \"x\"}]", "without an id")]
    public void A_tokenizer_that_cannot_be_used_is_one_sentence(string member, string value, string says)
    {
        JsonNode parent = _fixture.Json;
        string[] path = member.Split('.');
        foreach (string step in path[..^1]) parent = parent[step]!;
        parent[path[^1]] = JsonNode.Parse(value);
        var error = Assert.Throws<ReciteException>(() => _fixture.Load());
        Assert.Contains("tokenizer.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("use a model exported in the layout of Hugging Face Optimum.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_or_missing_files_are_one_sentence_each()
    {
        Assert.Contains("holds no tokenizer", Fails(), StringComparison.Ordinal);

        _fixture.Write("tokenizer.json", "{\n\"model\": ");
        Assert.Contains("tokenizer.json is not valid JSON (line 2", Fails(), StringComparison.Ordinal);

        _fixture.Write("tokenizer.json", "[]");
        Assert.Contains("holds no JSON object", Fails(), StringComparison.Ordinal);

        File.Delete(Path.Combine(_fixture.Path, "tokenizer.json"));
        _fixture.LoadVocabularyAndMerges();
        _fixture.Write("merges.txt", "#version: 0.2\nĠ t\nnonsense\n");
        Assert.Contains("merges.txt:3 is not a merge", Fails(), StringComparison.Ordinal);

        _fixture.Write("tokenizer_config.json", """{"add_bos_token": true}""");
        _fixture.Write("merges.txt", $"{_fixture.Bpe.Merges[0].Left} {_fixture.Bpe.Merges[0].Right}\n");
        Assert.Contains("names none that the tokenizer has", Fails(), StringComparison.Ordinal);
    }

    private string Fails() => Assert.Throws<ReciteException>(() => TokenizerDirectory.Load(_fixture.Path)).Message;
}
