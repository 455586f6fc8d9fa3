using Recite.Evidence;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Reports.Json;

namespace Recite.Cli.Commands;

/// <summary>From what the matcher found to what the contract calls it.</summary>
internal static class MatchInputs
{
    /// <summary>One input with its matches.</summary>
    public static MatchInput Of(string name, string encoding, MatchResult result) => new(
        name,
        encoding,
        result.Bytes,
        result.Words,
        result.Coverage,
        new LongestMatch(result.LongestWords, result.LongestCharacters),
        [.. result.Matches.Select(FindingMatch.Of)]);

    /// <summary>The whole answer.</summary>
    public static MatchReport Report(string path, IndexManifest manifest, MatchOptions options, IReadOnlyList<MatchInput> inputs)
    {
        MatchLength guaranteed = new(manifest.Guarantee, "normalized bytes");
        MatchLength minimum = options.MinimumLength is { } length ? new MatchLength(length.Value, length.UnitName) : guaranteed;
        return new MatchReport(
            new MatchCorpus(path, manifest.Digest, manifest.Documents, manifest.Bytes),
            new MatchRules(manifest.Normalization.Name, minimum, guaranteed) { Near = options.Near?.ToString() },
            inputs);
    }
}
