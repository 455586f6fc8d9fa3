using Recite.Runs;

namespace Recite.Scores;

/// <summary>A sample with its scores in one context.</summary>
/// <param name="Attempt">The first attempt of the sample.</param>
/// <param name="Stored">Its scores.</param>
internal sealed record SampleScore(PlannedAttempt Attempt, StoredScore Stored)
{
    /// <summary>Margins below this many logits may turn over with another order of summation (M3).</summary>
    public const double FragileMargin = 1e-3;

    /// <summary>Natural logarithm of the suffix's probability under a scheme; negative infinity where the scheme cannot give it.</summary>
    public double? LogProbability(string scheme)
    {
        if (string.Equals(scheme, StoredScore.PlainScheme, StringComparison.Ordinal))
            return Math.Min(0, Stored.Score.LogProbability);
        for (int i = 0; i < Stored.Schemes.Count; i++)
        {
            if (string.Equals(Stored.Schemes[i], scheme, StringComparison.Ordinal))
                return Math.Min(0, Stored.Score.Schemes[i].LogProbabilities.Sum());
        }

        return null;
    }

    /// <summary>Whether the figure of a scheme is exact and not a lower bound.</summary>
    public bool IsExact(string scheme)
    {
        for (int i = 0; i < Stored.Schemes.Count; i++)
        {
            if (string.Equals(Stored.Schemes[i], scheme, StringComparison.Ordinal))
                return Stored.Score.Schemes[i].IsExact;
        }

        return true;
    }

    /// <summary>Whether greedy decoding gives the suffix: the true token is the most probable at every position. Unknown without ranks.</summary>
    public bool? IsGreedy => Stored.Score.Ranks.Any(rank => rank < 0) ? null : Stored.Score.Ranks.All(rank => rank == 0);

    /// <summary>Whether some position is as good as a tie, so that other hardware may decide it otherwise.</summary>
    public bool IsFragile => Stored.Score.Margins.Any(margin => margin < FragileMargin);
}
