using Recite.Indexing.Matching;

namespace Recite.Evidence;

/// <summary>What the contract calls the kinds of matches.</summary>
public static class MatchKinds
{
    /// <summary>Equal after normalization.</summary>
    public const string Verbatim = "verbatim";

    /// <summary>Equal but for some words.</summary>
    public const string NearVerbatim = "near-verbatim";

    /// <summary>The name of a kind.</summary>
    public static string NameOf(MatchKind kind) => kind == MatchKind.NearVerbatim ? NearVerbatim : Verbatim;
}
