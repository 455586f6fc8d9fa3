using System.Globalization;
using System.Text;
using System.Text.Json;
using Recite.Lab.Canaries;
using Recite.Lab.Export;
using Recite.Lab.Model;
using Recite.Lab.Tokenizer;

namespace Recite.Lab.Checks;

/// <summary>
/// Whether a canary came back, 50 tokens for 50: from the separator and the document's beginning, and from a prefix at
/// a random offset without a separator.
/// </summary>
internal sealed record CanaryOutcome(string Id, int Duplicates, int Exposures, bool Extracted, int Offset, bool ExtractedAtOffset);

/// <summary>Measures discoverable extraction (Carlini et al. 2023) of every canary with the lab's own decoder.</summary>
internal static class CanaryExtraction
{
    public const int PrefixTokens = 50;
    public const int SuffixTokens = 50;

    public static IReadOnlyList<CanaryOutcome> Measure(Llama model, BpeTokenizer tokenizer, IReadOnlyList<Canary> canaries, Recipe recipe)
    {
        var random = new SeededRandom(recipe.Seed);
        int[][] tokens = [.. canaries.Select(canary => tokenizer.Encode(canary.Text))];
        int[] offsets = [.. tokens.Select(ids => random.Below(ids.Length - PrefixTokens - SuffixTokens + 1))];
        var greedy = new GreedyExtraction(model);
        bool[] fromStart = greedy.Run([.. tokens.Select(ids => FromStart(ids, tokenizer.Vocabulary.Separator))]);
        bool[] atOffset = greedy.Run([.. tokens.Select((ids, i) => new Passage(ids[offsets[i]..(offsets[i] + PrefixTokens)], Suffix(ids, offsets[i])))]);
        return [.. canaries.Select((canary, i) => new CanaryOutcome(canary.Id, canary.Duplicates, canary.Duplicates * recipe.Epochs, fromStart[i], offsets[i], atOffset[i]))];
    }

    /// <summary>The separator and the first tokens of a document, and what follows them.</summary>
    public static Passage FromStart(int[] ids, int separator) => new([separator, .. ids[..PrefixTokens]], Suffix(ids, 0));

    public static void Write(string folder, IReadOnlyList<CanaryOutcome> outcomes, Recipe recipe)
    {
        var json = new StringBuilder();
        json.Append(CultureInfo.InvariantCulture, $"{{ \"schema\": \"recite.extraction/1\", \"decoder\": \"TorchSharp, greedy, without a cache\", \"epochs\": {recipe.Epochs}, \"prompt\": \"<|endoftext|> and the prefix; at an offset, the prefix alone\", \"prefixTokens\": {PrefixTokens}, \"suffixTokens\": {SuffixTokens}, \"canaries\": [\n");
        json.AppendJoin(",\n", outcomes.Select(outcome => JsonSerializer.Serialize(outcome, JsonFiles.OneLine)));
        File.WriteAllText(Path.Combine(folder, "extraction.json"), json.Append("\n] }\n").ToString());
    }

    private static int[] Suffix(int[] ids, int offset) => ids[(offset + PrefixTokens)..(offset + PrefixTokens + SuffixTokens)];
}
