using System.Text;
using Recite.Indexing;

namespace Recite.Models.Tokenizers;

/// <summary>Finds and reads the tokenizer in a model's directory: tokenizer.json, else vocab.json with merges.txt.</summary>
internal static class TokenizerDirectory
{
    private const long MaxFileBytes = 256L << 20;

    /// <summary>Reads the tokenizer; <c>add_bos_token</c> of tokenizer_config.json decides over its beginning of text.</summary>
    /// <exception cref="ReciteException">There is none, or it is not a byte-level BPE, in one sentence.</exception>
    public static ByteLevelTokenizer Load(string directory)
    {
        string configurationPath = Path.Combine(directory, "tokenizer_config.json");
        TokenizerConfiguration configuration = File.Exists(configurationPath)
            ? ModelFile.ReadJson(configurationPath, MaxFileBytes, TokenizerConfiguration.Read)
            : TokenizerConfiguration.None;

        string jsonPath = Path.Combine(directory, "tokenizer.json");
        string vocabularyPath = Path.Combine(directory, "vocab.json");
        string mergesPath = Path.Combine(directory, "merges.txt");
        TokenizerModel model;
        if (File.Exists(jsonPath)) model = ModelFile.ReadJson(jsonPath, MaxFileBytes, TokenizerJson.Read);
        else if (File.Exists(vocabularyPath) && File.Exists(mergesPath)) model = ReadVocabularyAndMerges(vocabularyPath, mergesPath, configuration);
        else throw new ReciteException($"{directory} holds no tokenizer: it needs tokenizer.json, or vocab.json and merges.txt, beside the model.");

        return new ByteLevelTokenizer(ChooseBeginningOfText(model, configuration, configurationPath));
    }

    private static TokenizerModel ReadVocabularyAndMerges(string vocabularyPath, string mergesPath, TokenizerConfiguration configuration)
    {
        List<(string Left, string Right)> merges = ReadMerges(mergesPath);
        return ModelFile.ReadJson(vocabularyPath, MaxFileBytes, root =>
        {
            Dictionary<string, int> entries = TokenizerJson.ReadVocabulary(root);
            var added = configuration.AddedTokens.ToDictionary(token => token.Id);
            foreach (string content in configuration.SpecialContents)
            {
                if (entries.TryGetValue(content, out int id)) added[id] = new AddedToken(id, content, IsSpecial: true, IsPlain: false);
            }

            var specialIds = added.Values.Where(token => token.IsSpecial).Select(token => token.Id).ToHashSet();
            return new TokenizerModel
            {
                Vocabulary = new BpeVocabulary(entries, merges, specialIds),
                AddedTokens = [.. added.Values],
                Splitters = [PieceSplitter.Gpt2],
                AddsPrefixSpace = configuration.AddsPrefixSpace ?? false,
            };
        });
    }

    private static List<(string Left, string Right)> ReadMerges(string path)
    {
        var merges = new List<(string Left, string Right)>();
        using var reader = new StringReader(Encoding.UTF8.GetString(ModelFile.ReadBytes(path, MaxFileBytes)));
        for (int line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0 || (line == 1 && text.StartsWith("#version", StringComparison.Ordinal))) continue;
            if (!BpeMergeLine.TryRead(text, out (string, string) pair))
                throw new ReciteException($"{path}:{line} is not a merge (two parts with a space between); copy or export the file again.");
            merges.Add(pair);
        }

        return merges;
    }

    private static TokenizerModel ChooseBeginningOfText(TokenizerModel model, TokenizerConfiguration configuration, string path)
    {
        if (configuration.AddsBeginningOfText is null) return model;
        if (configuration.AddsBeginningOfText is false) return model with { BeginningOfText = null };
        int? named = configuration.BeginningOfText is { } content
            ? model.AddedTokens.Concat(configuration.AddedTokens).FirstOrDefault(token => string.Equals(token.Content, content, StringComparison.Ordinal))?.Id
            : null;
        return model with
        {
            BeginningOfText = named ?? model.BeginningOfText
                ?? throw new ReciteException($"{path} wants a beginning-of-text token (add_bos_token) but names none that the tokenizer has; set bos_token or turn add_bos_token off."),
        };
    }
}
