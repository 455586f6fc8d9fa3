using System.Text.Json;

namespace Recite.Models.Tokenizers;

/// <summary>What tokenizer_config.json adds to the tokenizer proper; every member may be missing.</summary>
/// <param name="AddsBeginningOfText"><c>add_bos_token</c>; null leaves it to the tokenizer.</param>
/// <param name="BeginningOfText">Content of <c>bos_token</c>.</param>
/// <param name="AddsPrefixSpace"><c>add_prefix_space</c>.</param>
/// <param name="AddedTokens"><c>added_tokens_decoder</c>.</param>
/// <param name="SpecialContents">Contents of all tokens that have a role (bos, eos, pad, unk).</param>
internal sealed record TokenizerConfiguration(
    bool? AddsBeginningOfText,
    string? BeginningOfText,
    bool? AddsPrefixSpace,
    IReadOnlyList<AddedToken> AddedTokens,
    IReadOnlyList<string> SpecialContents)
{
    /// <summary>What holds where there is no such file.</summary>
    public static TokenizerConfiguration None { get; } = new(null, null, null, [], []);

    /// <summary>Reads the document.</summary>
    /// <exception cref="FormatException">An added token is no token; the message completes "FILE ...".</exception>
    public static TokenizerConfiguration Read(JsonElement root)
    {
        string[] roles = ["bos_token", "eos_token", "pad_token", "unk_token"];
        return new TokenizerConfiguration(
            root.Truth("add_bos_token"),
            ReadContent(root, "bos_token"),
            root.Truth("add_prefix_space"),
            ReadAddedTokens(root.Member("added_tokens_decoder")),
            [.. roles.Select(role => ReadContent(root, role)).OfType<string>()]);
    }

    private static string? ReadContent(JsonElement root, string role) => root.Text(role) ?? root.Member(role)?.Text("content");

    private static List<AddedToken> ReadAddedTokens(JsonElement? decoder)
    {
        var tokens = new List<AddedToken>();
        if (decoder is not { ValueKind: JsonValueKind.Object } entries) return tokens;
        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            if (!int.TryParse(entry.Name, System.Globalization.NumberStyles.None, null, out int id) || entry.Value.Text("content") is not { } content)
                throw new FormatException("has an entry of added_tokens_decoder without an id and a content");
            tokens.Add(new AddedToken(id, content, entry.Value.Truth("special") ?? false, IsPlain: false));
        }

        return tokens.DistinctBy(token => token.Id).ToList();
    }
}
