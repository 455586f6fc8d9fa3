namespace Recite.Config;

/// <summary>The keys that <c>recite.yaml</c> may hold; the published schema lists the same ones, and a test compares the two.</summary>
internal static class ConfigKeys
{
    public static readonly string[] Root =
    [
        "targets", "corpus", "heldOut", "canaries", "foreign", "baseline", "authorization", "probes", "match", "sampling",
        "endpoint", "gates", "budget", "report", "seed", "limit",
    ];

    public static readonly string[] Probes = ["prefix", "recorded"];

    public static readonly string[] Prefix = ["samples", "prefix", "suffix", "offset", "repeat", "seed"];

    public static readonly string[] Recorded = [];

    /// <summary><c>near</c> is of the contract, but not built: it is known so that it can be refused by name.</summary>
    public static readonly string[] Match = ["minLength", "near"];

    public static readonly string[] Sampling = ["temperature", "topK", "topP", "repetitionPenalty", "presencePenalty", "frequencyPenalty"];

    public static readonly string[] Budget = ["usd", "tokens"];
}
