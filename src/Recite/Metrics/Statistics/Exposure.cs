namespace Recite.Metrics.Statistics;

/// <summary>
/// The exposure of a canary (Carlini et al. 2019, "The Secret Sharer"): log2(N + 1) - log2(rank) among itself and N references of the same
/// generator. It is a p-value in bits: where the target never saw the canary every rank is equally likely, so that
/// P(exposure >= b) &lt;= 2^-b.
/// </summary>
/// <remarks>
/// A reference that scores the same counts as better: ties never make a canary look more exposed than it is.
/// Worked example: score -1 among the references -3, -2, -1, -0.5 has rank 3 of 5 and 0.737 bits. The mean under the null is
/// 1.4364 bits at N = 999 and 1.4419 at N = 9,999, and tends to log2(e) = 1.4427.
/// </remarks>
/// <param name="Rank">1 where no reference scores as high; N + 1 where all do.</param>
/// <param name="References">N, at least one.</param>
public readonly record struct Exposure(int Rank, int References)
{
    /// <summary>The exposure in bits, from 0 to <see cref="Ceiling"/>.</summary>
    public double Bits => Ceiling - Math.Log2(Rank);

    /// <summary>The most that so many references can show: log2(N + 1).</summary>
    public double Ceiling => CeilingOf(References);

    /// <summary>Whether the canary beats every reference, so that its exposure is only known to be at least <see cref="Ceiling"/>.</summary>
    public bool IsSaturated => Rank == 1;

    /// <summary>The share of ranks that are at least as good: rank / (N + 1), the p-value of this canary alone.</summary>
    public double PValue => Rank / (References + 1.0);

    /// <summary>Ranks a score; higher scores are more probable texts.</summary>
    /// <param name="score">The score of the canary; not NaN.</param>
    /// <param name="ascendingReferences">Scores of the references in ascending order, none of them NaN.</param>
    /// <exception cref="ArgumentException">There is no reference, or a score is NaN.</exception>
    public static Exposure Of(double score, ReadOnlySpan<double> ascendingReferences)
    {
        if (ascendingReferences.IsEmpty)
            throw new ArgumentException("An exposure needs at least one reference.", nameof(ascendingReferences));
        if (double.IsNaN(score) || double.IsNaN(ascendingReferences[0]))
            throw new ArgumentException("A score that is no number has no rank.", nameof(score));

        // The first reference that is not below the score: it and all behind it count as better.
        int low = 0, high = ascendingReferences.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (ascendingReferences[middle] < score)
                low = middle + 1;
            else
                high = middle;
        }

        return new Exposure(1 + ascendingReferences.Length - low, ascendingReferences.Length);
    }

    /// <summary>log2(N + 1): what <see cref="Ceiling"/> is for so many references.</summary>
    public static double CeilingOf(int references)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(references, 1);
        return Math.Log2(references + 1.0);
    }

    /// <summary>The mean where every rank is equally likely: log2(N + 1) - log2((N + 1)!) / (N + 1).</summary>
    public static double NullMean(int references)
    {
        double sum = 0;
        for (int rank = 2; rank <= references + 1; rank++)
            sum += Math.Log2(rank);
        return CeilingOf(references) - (sum / (references + 1.0));
    }

    /// <summary>The standard deviation where every rank is equally likely.</summary>
    public static double NullDeviation(int references)
    {
        double mean = NullMean(references), ceiling = CeilingOf(references), sum = 0;
        for (int rank = 1; rank <= references + 1; rank++)
        {
            double off = ceiling - Math.Log2(rank) - mean;
            sum += off * off;
        }

        return Math.Sqrt(sum / (references + 1.0));
    }
}
