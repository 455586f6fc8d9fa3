using System.Text.Json;

namespace Recite.Models.Tokenizers;

/// <summary>Reads the byte-level BPE that a tokenizer.json of Hugging Face's tokenizers library describes.</summary>
internal static class TokenizerJson
{
    /// <summary>Reads the document; <see cref="TokenizerModel.BeginningOfText"/> is what the post-processor puts first.</summary>
    /// <exception cref="FormatException">It describes another kind of tokenizer; the message completes "FILE ...".</exception>
    public static TokenizerModel Read(JsonElement root)
    {
        JsonElement model = root.Member("model") ?? throw new FormatException("holds no model");
        CheckModel(root, model);
        IReadOnlyList<AddedToken> addedTokens = ReadAddedTokens(root);
        PreTokenizer preTokenizer = PreTokenizerReader.Read(root.Member("pre_tokenizer"));
        var specialIds = addedTokens.Where(token => token.IsSpecial).Select(token => token.Id).ToHashSet();
        return new TokenizerModel
        {
            Vocabulary = new BpeVocabulary(ReadVocabulary(model.Member("vocab")), ReadMerges(model), specialIds),
            AddedTokens = addedTokens,
            Splitters = preTokenizer.Splitters,
            AddsPrefixSpace = preTokenizer.AddsPrefixSpace,
            PrefersWholePieces = model.Truth("ignore_merges") ?? false,
            BeginningOfText = FindFirstSpecial(root.Member("post_processor"), addedTokens),
        };
    }

    /// <summary>Reads an object of entries and their ids.</summary>
    /// <exception cref="FormatException">It is no such object.</exception>
    public static Dictionary<string, int> ReadVocabulary(JsonElement? vocabulary)
    {
        if (vocabulary is not { ValueKind: JsonValueKind.Object } entries) throw new FormatException("holds no vocabulary");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            if (entry.Value.AsNumber() is not (>= 0 and int id)) throw new FormatException("gives a vocabulary entry something else than a token id");
            ids[entry.Name] = id;
        }

        return ids;
    }

    private static void CheckModel(JsonElement root, JsonElement model)
    {
        // Older files leave the type out.
        if (model.Text("type") is { } type && type is not "BPE") throw new FormatException($"holds a {type} tokenizer, but only byte-level BPE is supported");
        if (model.Truth("byte_fallback") ?? false) throw new FormatException("holds a BPE over characters with byte fallback, but only byte-level BPE is supported");
        foreach (string affix in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.Text(affix) is { Length: > 0 }) throw new FormatException($"marks parts of words ({affix}), which byte-level BPE does not");
        }

        // NFC is let through and left out: corpus text is encoded as it stands, so that spans are spans of that text.
        if (root.Member("normalizer") is { } normalizer && normalizer.Text("type") is not "NFC")
            throw new FormatException($"rewrites text before splitting it (normalizer {normalizer.Text("type")}), so that tokens would not tile it");
    }

    private static List<(string Left, string Right)> ReadMerges(JsonElement model)
    {
        var merges = new List<(string, string)>();
        foreach (JsonElement merge in model.Items("merges"))
        {
            if (merge.ValueKind == JsonValueKind.String && BpeMergeLine.TryRead(merge.GetString()!, out var pair)) merges.Add(pair);
            else if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2 && merge[0].ValueKind == JsonValueKind.String && merge[1].ValueKind == JsonValueKind.String) merges.Add((merge[0].GetString()!, merge[1].GetString()!));
            else throw new FormatException($"has a merge (number {merges.Count}) that is not two parts");
        }

        return merges;
    }

    private static List<AddedToken> ReadAddedTokens(JsonElement root)
    {
        var tokens = new List<AddedToken>();
        var ids = new HashSet<int>();
        foreach (JsonElement token in root.Items("added_tokens"))
        {
            if (token.Number("id") is not (>= 0 and int id) || token.Text("content") is not { } content || !ids.Add(id))
                throw new FormatException("has an added token without an id of its own and a content");
            bool conditional = (token.Truth("single_word") ?? false) || (token.Truth("lstrip") ?? false) || (token.Truth("rstrip") ?? false);
            tokens.Add(new AddedToken(id, content, token.Truth("special") ?? false, !conditional));
        }

        return tokens;
    }

    private static int? FindFirstSpecial(JsonElement? postProcessor, IReadOnlyList<AddedToken> addedTokens)
    {
        if (postProcessor is not { } processor) return null;
        if (processor.Text("type") is "Sequence")
            return processor.Items("processors").Select(inner => FindFirstSpecial(inner, addedTokens)).FirstOrDefault(id => id is not null);
        if (processor.Text("type") is not "TemplateProcessing" || processor.Items("single") is not [JsonElement first, ..]) return null;
        string? name = first.Member("SpecialToken")?.Text("id");
        return name is null ? null : addedTokens.FirstOrDefault(token => string.Equals(token.Content, name, StringComparison.Ordinal))?.Id;
    }
}
