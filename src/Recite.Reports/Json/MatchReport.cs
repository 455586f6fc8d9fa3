using Recite.Evidence;

namespace Recite.Reports.Json;

/// <summary>What <c>recite match --json</c> prints (<c>recite.match/1</c>).</summary>
/// <param name="Corpus">The index that was looked into.</param>
/// <param name="Rules">What counted as a match.</param>
/// <param name="Inputs">The inputs in the order given.</param>
public sealed record MatchReport(MatchCorpus Corpus, MatchRules Rules, IReadOnlyList<MatchInput> Inputs)
{
    /// <summary>The name and version of the shape.</summary>
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "recite.match/1";
}

/// <summary>The index that inputs were held against.</summary>
/// <param name="Path">As the user wrote it.</param>
/// <param name="Manifest"><c>sha256:...</c> of its manifest.</param>
/// <param name="Documents">Documents in it.</param>
/// <param name="Bytes">UTF-8 bytes of their text.</param>
public sealed record MatchCorpus(string Path, string Manifest, long Documents, long Bytes);

/// <summary>What counts as a match.</summary>
/// <param name="Normalization">For instance <c>text</c>.</param>
/// <param name="MinimumMatch">The least length that is reported.</param>
/// <param name="Guaranteed">The length from which on nothing is missed.</param>
public sealed record MatchRules(string Normalization, MatchLength MinimumMatch, MatchLength Guaranteed)
{
    /// <summary>Share of changed words that near-verbatim matches may have, for instance <c>10%</c>; absent where they were not looked for.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Near { get; init; }
}

/// <summary>A length with its unit in words: <c>characters</c>, <c>words</c>, <c>tokens</c> or <c>normalized bytes</c>.</summary>
public sealed record MatchLength(int Value, string Unit);

/// <summary>One input and where its text stands.</summary>
/// <param name="Name">File name as given, or <c>-</c>.</param>
/// <param name="Encoding">What the bytes were decoded from, for instance <c>utf-8</c>.</param>
/// <param name="Bytes">UTF-8 bytes of the decoded text.</param>
/// <param name="Words">Words of it.</param>
/// <param name="Coverage">Share of its words inside at least one match, 0 to 1.</param>
/// <param name="Longest">Its longest match; zeros without one.</param>
/// <param name="Matches">Matches by start.</param>
public sealed record MatchInput(
    string Name,
    string Encoding,
    long Bytes,
    long Words,
    double Coverage,
    LongestMatch Longest,
    IReadOnlyList<FindingMatch> Matches);

/// <summary>The length of a match in both units.</summary>
public sealed record LongestMatch(int Words, int Characters);
