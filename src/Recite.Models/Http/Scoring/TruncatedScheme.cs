using Recite.Targets;

namespace Recite.Models.Http.Scoring;

/// <summary>A score from a list of the most probable tokens alone.</summary>
/// <param name="LogProbability">Natural logarithm; a lower bound where not exact, negative infinity where even that is not known.</param>
/// <param name="IsExact">Whether the tokens that are not shown could not change it.</param>
internal readonly record struct TruncatedScore(double LogProbability, bool IsExact);

/// <summary>
/// What one sampling scheme makes of a token when only its log-probability, perhaps its rank, and the N most probable tokens are known.
/// Exact: temperature 1 without a filter; top-k with k up to N; top-p whose nucleus ends inside the N (both up to ties); greedy with a
/// known rank. Everything else is bounded from below: the tokens that are not shown share what is left of the probability, and none of
/// them has more than the last that is shown.
/// </summary>
internal sealed class TruncatedScheme
{
    // As the sampler does: a share of exactly p is enough, whichever way sums were rounded.
    private const double ShareTolerance = 1 - 1e-12;

    // No vocabulary is larger; needed above temperature 1, where many improbable tokens weigh more than few.
    private const double LargestVocabulary = 1 << 20;

    private readonly SamplingOptions scheme;
    private readonly double own;
    private readonly double[] top;
    private readonly int rank;
    private readonly int leastRank;
    private readonly double largest;
    private readonly double limit;

    private TruncatedScheme(SamplingOptions scheme, ScoredPosition position)
    {
        this.scheme = scheme;
        own = position.LogProbability!.Value;
        top = position.Top;
        rank = position.KnownRank;
        leastRank = rank >= 0 ? rank : top.Length;
        largest = top.Length > 0 ? Math.Max(top[0], own) : own;
        limit = scheme.TopK > 0 ? scheme.TopK : double.PositiveInfinity;
    }

    /// <summary>Scores a token that has a log-probability.</summary>
    public static TruncatedScore Score(SamplingOptions scheme, ScoredPosition position) => new TruncatedScheme(scheme, position).Score();

    private TruncatedScore Score()
    {
        if (scheme.Temperature == 0)
            return rank == 0 ? new(0, true) : new(double.NegativeInfinity, leastRank > 0);
        if (scheme is { Temperature: 1, TopK: 0, TopP: 1 })
            return new(own, true);
        if (leastRank >= limit)
            return new(double.NegativeInfinity, true);

        int shown = (int)Math.Min(limit, top.Length);
        double shownMass = top.Take(shown).Sum(Weigh);
        double most = shownMass + (shown < limit ? WeighRest(limit - shown) : 0);

        // Probabilities add up to 1, so that at temperature 1 the rest is known without being shown.
        bool isMassKnown = limit <= top.Length || (scheme.Temperature == 1 && double.IsPositiveInfinity(limit));
        if (scheme.TopP < 1)
            return ScoreNucleus(shown, isMassKnown ? most : shownMass, most, isMassKnown);

        bool isKept = double.IsPositiveInfinity(limit) || rank >= 0;
        return isKept ? new(Scale(most), isMassKnown) : new(double.NegativeInfinity, false);
    }

    private TruncatedScore ScoreNucleus(int shown, double least, double most, bool isMassKnown)
    {
        double wanted = scheme.TopP * most * ShareTolerance;
        double mass = 0;
        for (int kept = 0; isMassKnown && kept < shown; kept++)
        {
            mass += Weigh(top[kept]);
            if (mass >= wanted)
                return leastRank > kept ? new(double.NegativeInfinity, true) : new(Scale(mass), true);
        }

        // The nucleus ends among tokens that are not shown. A token is certainly in it if what stands before it does not fill it.
        if (rank < 0 || (rank > 0 && WeighBefore(rank) >= scheme.TopP * least * ShareTolerance))
            return new(double.NegativeInfinity, false);
        bool endsBehind = isMassKnown && shown == top.Length && shown > 0;
        return new(Scale(endsBehind ? Math.Min(most, wanted / ShareTolerance + Weigh(top[^1])) : most), false);
    }

    private double Scale(double mass) => (own - largest) / scheme.Temperature - Math.Log(mass);

    private double Weigh(double logProbability) => Math.Exp((logProbability - largest) / scheme.Temperature);

    // The most that tokens before this rank can weigh.
    private double WeighBefore(int place)
    {
        double shown = top.Take(place).Sum(Weigh);
        return place <= top.Length ? shown : shown + (place - top.Length) * (top.Length > 0 ? Weigh(top[^1]) : double.PositiveInfinity);
    }

    // The most that this many tokens behind those shown can weigh.
    private double WeighRest(double count)
    {
        double probability = Math.Max(0, 1 - top.Sum(Math.Exp));
        double cap = top.Length > 0 ? top[^1] : 0;
        double inverse = 1 / scheme.Temperature;

        // Below temperature 1 weight grows faster than probability, so the most is had by few tokens at the cap; above it by many equal
        // ones (Jensen's inequality).
        double byProbability = inverse >= 1
            ? probability * Math.Exp((cap * (inverse - 1)) - (largest * inverse))
            : Math.Pow(probability, inverse) * Math.Pow(Math.Min(count, LargestVocabulary), 1 - inverse) * Math.Exp(-largest * inverse);
        return double.IsPositiveInfinity(count) ? byProbability : Math.Min(byProbability, count * Weigh(cap));
    }
}
