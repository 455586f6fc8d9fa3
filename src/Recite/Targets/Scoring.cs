namespace Recite.Targets;

/// <summary>Asks how probable a suffix is after a prefix (M1): one teacher-forced pass over this window alone.</summary>
/// <param name="Prefix">Token ids before the scored part, without the beginning-of-text token; empty where only text is known.</param>
/// <param name="Suffix">Token ids to score; empty where only text is known.</param>
public sealed record ScoreRequest(IReadOnlyList<int> Prefix, IReadOnlyList<int> Suffix)
{
    /// <summary>Position in the caller's list; comes back in <see cref="SuffixScore.RequestIndex"/>.</summary>
    public int Index { get; init; }

    /// <summary>The prefix as text, for targets that take no token ids.</summary>
    public string? PrefixText { get; init; }

    /// <summary>The suffix as text, for targets that take no token ids.</summary>
    public string? SuffixText { get; init; }

    /// <summary>Sampling schemes to score under, beside temperature 1 without a filter. Penalties depend on what was generated and are refused.</summary>
    public IReadOnlyList<SamplingOptions> Schemes { get; init; } = [];

    /// <summary>Whether <see cref="SuffixScore.Moments"/> are wanted; they cost a second pass over the vocabulary per token.</summary>
    public bool WithMoments { get; init; }
}

/// <summary>Teacher-forced scores of one suffix: one entry per suffix token.</summary>
/// <param name="LogProbabilities">Natural logarithms under the model's own distribution, temperature 1, nothing filtered.</param>
/// <param name="Ranks">0 where the true token is the most probable (ties count the smaller id first, as greedy decoding does); -1 where the target does not tell.</param>
/// <param name="Margins">Logit of the most probable token minus that of the second (M3); NaN where the target does not tell.</param>
public sealed record SuffixScore(IReadOnlyList<double> LogProbabilities, IReadOnlyList<int> Ranks, IReadOnlyList<double> Margins)
{
    /// <summary>The request's index.</summary>
    public int RequestIndex { get; init; }

    /// <summary>The scores under each of <see cref="ScoreRequest.Schemes"/>, in their order.</summary>
    public IReadOnlyList<SchemeScore> Schemes { get; init; } = [];

    /// <summary>Mean and deviation of log p over the vocabulary at each position; empty where not asked for or where the target does not tell.</summary>
    public IReadOnlyList<VocabularyMoments> Moments { get; init; } = [];

    /// <summary>Whether prefix and suffix together are cut into tokens with a border between them; where not, the first score holds the end of the prefix too.</summary>
    public bool IsCutBetweenTokens { get; init; } = true;

    /// <summary>Tokens of the whole pass, as they are paid for.</summary>
    public int TokenCount { get; init; }

    /// <summary>Why there is no score, in one sentence; the lists are empty then.</summary>
    public string? Error { get; init; }

    /// <summary>log p of the whole suffix, natural logarithm; NaN where there is no score.</summary>
    public double LogProbability => Error is null ? LogProbabilities.Sum() : double.NaN;
}

/// <summary>Scores under one sampling scheme: temperature, then top-k, then top-p, renormalised.</summary>
/// <param name="LogProbabilities">Natural logarithms per suffix token; negative infinity where the token was filtered out.</param>
/// <param name="IsExact">False where the target showed only the most probable tokens and the scheme needs more of them; the values are lower bounds then.</param>
public sealed record SchemeScore(IReadOnlyList<double> LogProbabilities, bool IsExact);

/// <summary>Mean and standard deviation of log p over the vocabulary at one position, under the target's own distribution at temperature 1.</summary>
/// <param name="Mean">Natural logarithm; minus the entropy of the distribution in nats.</param>
/// <param name="StandardDeviation">Natural logarithm; 0 where the distribution is even or leaves no choice.</param>
public readonly record struct VocabularyMoments(double Mean, double StandardDeviation);
