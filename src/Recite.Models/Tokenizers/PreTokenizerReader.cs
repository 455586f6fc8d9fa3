using System.Text.Json;

namespace Recite.Models.Tokenizers;

/// <summary>How a text is cut before merging.</summary>
internal sealed record PreTokenizer(IReadOnlyList<PieceSplitter> Splitters, bool AddsPrefixSpace);

/// <summary>
/// Reads the <c>pre_tokenizer</c> of tokenizer.json: ByteLevel, Split, Digits and Punctuation, alone or in a Sequence that
/// ends with ByteLevel. Whatever loses text is refused, since then no spans could tile it.
/// </summary>
internal static class PreTokenizerReader
{
    private const int MaxSteps = 16;

    /// <summary>Reads the member; null is refused because only ByteLevel makes a tokenizer byte-level.</summary>
    /// <exception cref="FormatException">It cannot be used; the message completes "FILE ...".</exception>
    public static PreTokenizer Read(JsonElement? preTokenizer)
    {
        List<JsonElement> steps = [];
        if (preTokenizer is { } root) Flatten(root, steps);
        if (steps.Count == 0 || steps[^1].Text("type") is not "ByteLevel")
            throw new FormatException("does not describe a byte-level tokenizer (its pre_tokenizer does not end with ByteLevel)");

        var splitters = new List<PieceSplitter>();
        foreach (JsonElement step in steps[..^1]) splitters.Add(ReadSplitter(step));
        JsonElement byteLevel = steps[^1];
        if (byteLevel.Truth("use_regex") ?? true) splitters.Add(PieceSplitter.Gpt2);
        bool addsPrefixSpace = byteLevel.Truth("add_prefix_space") ?? true;
        if (addsPrefixSpace && steps.Count > 1)
            throw new FormatException("puts a space before every piece of a text (add_prefix_space in a Sequence), so that tokens would not tile it");
        return new PreTokenizer(splitters, addsPrefixSpace);
    }

    private static void Flatten(JsonElement step, List<JsonElement> steps)
    {
        if (step.Text("type") is "Sequence")
        {
            foreach (JsonElement inner in step.Items("pretokenizers")) Flatten(inner, steps);
        }
        else
        {
            steps.Add(step);
        }

        if (steps.Count > MaxSteps) throw new FormatException($"has a pre_tokenizer of more than {MaxSteps} steps");
    }

    private static PieceSplitter ReadSplitter(JsonElement step) => step.Text("type") switch
    {
        "Split" => PieceSplitter.Create(ReadPattern(step.Member("pattern")), ReadBehavior(step), step.Truth("invert") ?? false),
        "Digits" when step.Truth("individual_digits") ?? false => PieceSplitter.Create(@"\p{N}", SplitBehavior.Isolated, invert: false),
        "Digits" => PieceSplitter.Create(@"\p{N}", SplitBehavior.Contiguous, invert: false),
        "Punctuation" => PieceSplitter.Create(@"[\p{P}$+<=>^`|~]", ReadBehavior(step), invert: false),
        string other => throw new FormatException($"has a pre_tokenizer step '{Shorten(other)}' that is not supported (ByteLevel, Split, Digits, Punctuation and Sequence are)"),
        null => throw new FormatException("has a pre_tokenizer step without a type"),
    };

    private static string ReadPattern(JsonElement? pattern) =>
        pattern?.Text("Regex")
        ?? (pattern?.Text("String") is { } literal ? System.Text.RegularExpressions.Regex.Escape(literal) : null)
        ?? throw new FormatException("has a Split step without a pattern");

    private static SplitBehavior ReadBehavior(JsonElement step) => step.Text("behavior") switch
    {
        "Isolated" or null => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        string other => throw new FormatException($"splits with behaviour '{Shorten(other)}', which loses text or is unknown"),
    };

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "...";
}
