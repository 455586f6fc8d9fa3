namespace Recite.Config;

/// <summary>The keys that <c>recite.yaml</c> may hold; the published schema lists the same ones, and a test compares the two.</summary>
internal static class ConfigKeys
{
    public static readonly string[] Root =
    [
        "targets", "corpus", "heldOut", "canaries", "foreign", "baseline", "authorization", "probes", "match", "sampling", "score",
        "endpoint", "membership", "gates", "budget", "report", "seed", "limit",
    ];

    /// <summary>What the file says to commands and not to an audit; <see cref="WrittenValues"/> has the values.</summary>
    public static readonly string[] OfCommands = ["inconclusive", "index"];

    public static readonly string[] Probes = ["prefix", "recorded"];

    public static readonly string[] Prefix = ["samples", "prefix", "suffix", "offset", "population", "repeat", "seed"];

    public static readonly string[] Recorded = [];

    /// <summary>Keys of <c>match</c>.</summary>
    public static readonly string[] Match = ["minLength", "near", "maxSources"];

    public static readonly string[] Sampling = ["temperature", "topK", "topP", "repetitionPenalty", "presencePenalty", "frequencyPenalty"];

    public static readonly string[] Membership = ["samples", "window", "minK"];

    public static readonly string[] Score = ["schemes", "context"];

    /// <summary>A scheme of <c>score.schemes</c>: penalties depend on what was generated, so they cannot be scored.</summary>
    public static readonly string[] Scheme = ["temperature", "topK", "topP"];

    public static readonly string[] Budget = ["usd", "tokens"];

    /// <summary>What <c>recite index build</c> takes from the file.</summary>
    public static readonly string[] Index = ["guarantee", "normalization", "store", "memory", "threads", "textField", "idField", "urlField", "encoding", "git", "strict"];
}
