namespace Recite.Canaries.Scoring;

/// <summary>What canaries are scored by; higher is more exposed for each of them.</summary>
public enum CanaryMeasure
{
    /// <summary>Mean natural logarithm of the probability of the second half's (or the secret's) tokens: minus the loss.</summary>
    Loss,

    /// <summary>Natural logarithm of the probability of the whole second half or secret: log p_z (M1).</summary>
    LogProbability,

    /// <summary>Share of the second half's word n-grams that come back when the target is given the first half: black-box.</summary>
    Coverage,
}

/// <summary>How to score.</summary>
public sealed record CanaryScoringOptions
{
    /// <summary>Words in a row that count as come back, for <see cref="CanaryMeasure.Coverage"/>.</summary>
    public const int GramWords = 3;

    /// <summary>What to score by; <see langword="null"/> takes the loss where the target can score and coverage elsewhere.</summary>
    public CanaryMeasure? Measure { get; init; }

    /// <summary>Completions of each canary for coverage: one is greedy, more are sampled at temperature 1.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>Random seed of sampling, and of Monte Carlo where it is needed.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>A measure as files and options write it.</summary>
    public static string Word(CanaryMeasure measure) => measure switch
    {
        CanaryMeasure.LogProbability => "pz",
        CanaryMeasure.Coverage => "coverage",
        _ => "loss",
    };

    /// <summary>The measure of a word; <see langword="null"/> for any other.</summary>
    public static CanaryMeasure? ParseMeasure(string word) => word switch
    {
        "loss" => CanaryMeasure.Loss,
        "pz" => CanaryMeasure.LogProbability,
        "coverage" => CanaryMeasure.Coverage,
        _ => null,
    };

    /// <summary>What a measure's number is, with its unit.</summary>
    public static string Unit(CanaryMeasure measure) => measure switch
    {
        CanaryMeasure.LogProbability => "natural logarithm of the probability of the suffix",
        CanaryMeasure.Coverage => FormattableString.Invariant($"share of the suffix's runs of {GramWords} words that came back, mean over completions"),
        _ => "mean natural logarithm of the probability of the suffix's tokens",
    };
}
