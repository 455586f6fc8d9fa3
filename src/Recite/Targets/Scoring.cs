namespace Recite.Targets;

/// <summary>Asks how probable a suffix is after a prefix; both without the beginning-of-text token.</summary>
/// <param name="Prefix">Token ids before the scored part.</param>
/// <param name="Suffix">Token ids to score; at least one.</param>
public sealed record ScoreRequest(IReadOnlyList<int> Prefix, IReadOnlyList<int> Suffix);

/// <summary>Teacher-forced scores of one suffix (M1): one entry per suffix token.</summary>
/// <param name="LogProbabilities">Natural logarithms of the model's own distribution at temperature 1.</param>
/// <param name="Ranks">0 where the true token is the most probable; ties count the smaller id first, as greedy decoding does.</param>
/// <param name="Margins">Logit of the most probable token minus that of the second (M3).</param>
public sealed record SuffixScore(IReadOnlyList<double> LogProbabilities, IReadOnlyList<int> Ranks, IReadOnlyList<double> Margins)
{
    /// <summary>log p of the whole suffix, natural logarithm.</summary>
    public double LogProbability => LogProbabilities.Sum();
}
