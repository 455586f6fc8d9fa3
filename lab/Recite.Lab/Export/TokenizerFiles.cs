using System.Text.Json.Nodes;
using Recite.Lab.Tokenizer;

namespace Recite.Lab.Export;

/// <summary>The five files in which the transformers library keeps a GPT-2 tokenizer.</summary>
internal static class TokenizerFiles
{
    public static void Write(string folder, Vocabulary vocabulary, int contextTokens)
    {
        string[] merges = [.. vocabulary.Merges.Select(merge => vocabulary.Spell(merge.Left) + " " + vocabulary.Spell(merge.Right))];
        JsonFiles.Write(folder, "vocab.json", Ids(vocabulary));
        File.WriteAllText(Path.Combine(folder, "merges.txt"), "#version: 0.2\n" + string.Concat(merges.Select(merge => merge + "\n")));
        JsonFiles.Write(folder, "special_tokens_map.json", new JsonObject
        {
            ["bos_token"] = Vocabulary.SeparatorText,
            ["eos_token"] = Vocabulary.SeparatorText,
            ["unk_token"] = Vocabulary.SeparatorText,
        });
        JsonFiles.Write(folder, "tokenizer_config.json", new JsonObject
        {
            ["add_bos_token"] = false,
            ["add_prefix_space"] = false,
            ["added_tokens_decoder"] = new JsonObject { [Invariant(vocabulary.Separator)] = Separator(vocabulary, withId: false) },
            ["bos_token"] = Vocabulary.SeparatorText,
            ["clean_up_tokenization_spaces"] = false,
            ["eos_token"] = Vocabulary.SeparatorText,
            ["errors"] = "replace",
            ["model_max_length"] = contextTokens,
            ["pad_token"] = null,
            ["tokenizer_class"] = "GPT2Tokenizer",
            ["unk_token"] = Vocabulary.SeparatorText,
        });
        JsonFiles.Write(folder, "tokenizer.json", new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray(Separator(vocabulary, withId: true)),
            ["normalizer"] = null,
            ["pre_tokenizer"] = ByteLevel(addPrefixSpace: false, trimOffsets: true),
            ["post_processor"] = ByteLevel(addPrefixSpace: true, trimOffsets: false),
            ["decoder"] = ByteLevel(addPrefixSpace: true, trimOffsets: true),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = "",
                ["end_of_word_suffix"] = "",
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["ignore_merges"] = false,
                ["vocab"] = Ids(vocabulary),
                ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]),
            },
        });
    }

    private static JsonObject Ids(Vocabulary vocabulary) =>
        [.. Enumerable.Range(0, vocabulary.Count).Select(id => KeyValuePair.Create(vocabulary.Spell(id), (JsonNode?)id))];

    private static JsonObject ByteLevel(bool addPrefixSpace, bool trimOffsets) => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = addPrefixSpace,
        ["trim_offsets"] = trimOffsets,
        ["use_regex"] = true,
    };

    private static JsonObject Separator(Vocabulary vocabulary, bool withId)
    {
        var token = new JsonObject();
        if (withId)
            token["id"] = vocabulary.Separator;
        token["content"] = Vocabulary.SeparatorText;
        token["single_word"] = false;
        token["lstrip"] = false;
        token["rstrip"] = false;
        token["normalized"] = false;
        token["special"] = true;
        return token;
    }

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
