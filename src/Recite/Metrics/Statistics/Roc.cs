namespace Recite.Metrics.Statistics;

/// <summary>The area under the ROC curve with its interval.</summary>
/// <param name="Auc">Chance that a positive scores above a negative; ties count one half.</param>
/// <param name="Interval">Its interval.</param>
public readonly record struct AucEstimate(double Auc, Interval Interval)
{
    /// <summary>The upper end of |AUC - 1/2|: how far from a coin the scores may be, to either side.</summary>
    public double FarthestFromChance => Math.Max(Math.Abs(Interval.Low - 0.5), Math.Abs(Interval.High - 0.5));
}

/// <summary>
/// The area under the ROC curve by Mann and Whitney (1947): the share of pairs in which the positive scores higher, ties counting one half.
/// Its interval is, at either end, the wider of two: DeLong, DeLong and Clarke-Pearson's (1988), which knows the scatter of these scores,
/// and Newcombe's pseudo-score interval (2006, method 5: the variance of Hanley and McNeil 1982 at the bound itself), which does not shrink
/// to a point where few or perfectly parted scores show no scatter.
/// </summary>
/// <remarks>Worked example: positives 3, 2 and negatives 1, 2 give pairs 1, 1, 1, 1/2: 0.875.</remarks>
public static class Roc
{
    /// <summary>The name of the interval on reports.</summary>
    public const string Method = "Mann-Whitney; wider of DeLong and Newcombe's pseudo-score";

    /// <summary>The share of pairs in which the positive scores higher.</summary>
    /// <exception cref="ArgumentException">A class is empty or holds what is no number.</exception>
    public static double Auc(IReadOnlyList<double> positives, IReadOnlyList<double> negatives)
    {
        Check(positives, negatives);
        return Placements(positives, negatives).Average();
    }

    /// <summary>The same with its interval.</summary>
    /// <exception cref="ArgumentException">A class is empty or holds what is no number.</exception>
    public static AucEstimate Estimate(IReadOnlyList<double> positives, IReadOnlyList<double> negatives, double confidence)
    {
        Check(positives, negatives);
        double[] ofPositives = Placements(positives, negatives);
        double[] ofNegatives = Placements(negatives, positives);
        double auc = ofPositives.Average();
        double reach = NormalTail.TwoSided(confidence);
        double error = Math.Sqrt((Variance(ofPositives) / positives.Count) + (Variance(ofNegatives) / negatives.Count));
        double low = Math.Min(auc - (reach * error), Bound(auc, 0, positives.Count, negatives.Count, reach));
        double high = Math.Max(auc + (reach * error), Bound(auc, 1, positives.Count, negatives.Count, reach));
        return new AucEstimate(auc, new Interval(Math.Max(0, low), Math.Min(1, high), confidence, Method));
    }

    // Of each score the share of the other class below it, ties one half: DeLong's structural components.
    private static double[] Placements(IReadOnlyList<double> scores, IReadOnlyList<double> others)
    {
        double[] sorted = [.. others.Order()];
        return [.. scores.Select(score => (First(sorted, score, orEqual: true) + First(sorted, score, orEqual: false)) / (2.0 * sorted.Length))];
    }

    // How many lie below the score, or not above it: by bisection, since equal scores come in runs.
    private static int First(double[] ascending, double score, bool orEqual)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ascending[middle] < score || (orEqual && ascending[middle] == score))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    // With one score of a class its scatter is not known, and the other interval has to do.
    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? 0 : values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }

    // The a between the estimate and `end` with |a - estimate| = reach * sqrt(variance at a): the distance grows, the variance ends at 0.
    private static double Bound(double estimate, double end, int positives, int negatives, double reach)
    {
        double near = estimate, far = end;
        for (int i = 0; i < 100; i++)
        {
            double middle = (near + far) / 2;
            if (Math.Abs(middle - estimate) < reach * Math.Sqrt(HanleyMcNeil(middle, positives, negatives)))
                near = middle;
            else
                far = middle;
        }

        return far;
    }

    private static double HanleyMcNeil(double auc, int positives, int negatives)
    {
        double others = ((positives + negatives) / 2.0) - 1;
        double spread = 1 + (others * (((1 - auc) / (2 - auc)) + (auc / (1 + auc))));
        return auc * (1 - auc) * spread / ((double)positives * negatives);
    }

    private static void Check(IReadOnlyList<double> positives, IReadOnlyList<double> negatives)
    {
        if (positives.Count == 0 || negatives.Count == 0 || positives.Concat(negatives).Any(double.IsNaN))
            throw new ArgumentException("An area under the curve needs a number in each class, and nothing that is none.", nameof(positives));
    }
}
