using System.Globalization;
using Recite.Metrics.Statistics;

namespace Recite.Membership.Blind;

/// <summary>What one blind baseline can tell.</summary>
/// <param name="Name">The baseline.</param>
/// <param name="Estimate">Its AUC, at the confidence that is adjusted for the number of baselines.</param>
public sealed record BlindResult(string Name, AucEstimate Estimate);

/// <summary>Whether membership scores may be shown.</summary>
/// <param name="IsOpen">Whether they may.</param>
/// <param name="Results">Every baseline with its interval.</param>
/// <param name="Refusal">Why not, in one sentence that names the baseline and its interval; <see langword="null"/> where the gate is open.</param>
public sealed record BlindVerdict(bool IsOpen, IReadOnlyList<BlindResult> Results, string? Refusal);

/// <summary>
/// The gate before every membership score (M15): the upper end of |AUC - 1/2| of the best of several blind baselines has to stay below
/// <see cref="Limit"/> on the same members and non-members. The best of several looks better than it is, so each interval is made at
/// confidence 1 - (1 - confidence) / baselines (Bonferroni): all of them hold at once as often as promised, and so does the best one's.
/// </summary>
/// <remarks>
/// The upper end and not the estimate: with few texts nothing can be excluded, and what cannot be excluded is not shown. With three baselines
/// at 95 % even a perfect split needs several hundred texts a class; <see cref="FewestPerClass"/> says how many.
/// </remarks>
public static class BlindGate
{
    /// <summary>How far from a coin a blind baseline may be.</summary>
    public const double Limit = 0.05;

    /// <summary>The baselines there are.</summary>
    public static IReadOnlyList<IBlindBaseline> Baselines { get; } = [new BagOfWordsBaseline(), new LengthBaseline(), new NumbersBaseline()];

    /// <summary>
    /// Judges members and non-members, of each at least one; <paramref name="seed"/> decides the folds. <paramref name="cap"/> is what in the
    /// configuration holds the number of texts down, for the refusal.
    /// </summary>
    public static BlindVerdict Judge(IReadOnlyList<string> members, IReadOnlyList<string> nonMembers, ulong seed, double confidence, string? cap = null)
    {
        var texts = new LabelledTexts(members, nonMembers, seed);
        double each = 1 - ((1 - confidence) / Baselines.Count);
        BlindResult[] results = [.. Baselines.Select(baseline => new BlindResult(baseline.Name, Estimate(baseline.Score(texts), texts.Members, each)))];
        BlindResult worst = results.MaxBy(r => r.Estimate.FarthestFromChance)!;
        return worst.Estimate.FarthestFromChance < Limit
            ? new BlindVerdict(true, results, null)
            : new BlindVerdict(false, results, Describe(worst, members.Count, nonMembers.Count, confidence, cap));
    }

    /// <summary>The fewest texts of each class with which baselines that are all at exactly 1/2 would open the gate.</summary>
    public static int FewestPerClass(double confidence)
    {
        double reach = NormalTail.TwoSided(1 - ((1 - confidence) / Baselines.Count));

        // The variance of Mann and Whitney's statistic where both classes are alike: (m + n + 1) / (12 m n); one fold is only learnt from.
        return (int)Math.Ceiling(((reach * reach / (6 * Limit * Limit)) + 1) * LabelledTexts.Folds / (LabelledTexts.Folds - 1));
    }

    // A class whose texts were all only learnt from tells nothing: the interval is everything.
    private static AucEstimate Estimate(double[] scores, int members, double confidence)
    {
        double[] ofMembers = [.. scores[..members].Where(double.IsFinite)];
        double[] ofOthers = [.. scores[members..].Where(double.IsFinite)];
        return ofMembers.Length == 0 || ofOthers.Length == 0
            ? new AucEstimate(0.5, new Interval(0, 1, confidence, Roc.Method))
            : Roc.Estimate(ofMembers, ofOthers, confidence);
    }

    private static string Describe(BlindResult worst, int members, int nonMembers, double confidence, string? cap)
    {
        Interval interval = worst.Estimate.Interval;
        string auc = string.Create(CultureInfo.InvariantCulture, $"AUC {worst.Estimate.Auc:0.000}, between {interval.Low:0.000} and {interval.High:0.000}");
        bool isShift = interval.Low > 0.5 || interval.High < 0.5;
        int fewest = FewestPerClass(confidence);
        if (isShift)
            return $"Membership scores are refused: members and non-members can be told apart without the model, by {worst.Name} alone ({auc}); take non-members of the same source, time and kind.";
        string remedy = Math.Min(members, nonMembers) < fewest
            ? string.Create(CultureInfo.InvariantCulture, $"give at least {fewest} texts of each, there are {members} and {nonMembers}{(cap is null ? "" : ", because " + cap)}")
            : "give more texts of each, drawn from the same source, time and kind";
        return $"Membership scores are refused: it cannot be excluded that members and non-members can be told apart without the model, by {worst.Name} alone ({auc}; the limit is {Limit.ToString("0.00", CultureInfo.InvariantCulture)} from 0.5); {remedy}.";
    }
}
