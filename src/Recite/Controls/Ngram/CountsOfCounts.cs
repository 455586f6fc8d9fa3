namespace Recite.Controls.Ngram;

/// <summary>
/// How many n-grams of an order have the count 1 and how many the count 2, with every fold and without each of them: all that the discount of
/// Kneser and Ney (1995) needs.
/// </summary>
internal sealed class CountsOfCounts(int folds)
{
    // Where no n-gram is counted once, or none twice, nothing tells how much to set aside for what was never seen: the formula would give
    // 0, and no other text a probability, or 1, and nothing to what was seen once.
    private const double Unknown = 0.5;

    private readonly long[] _once = new long[folds + 1];
    private readonly long[] _twice = new long[folds + 1];

    /// <summary>Adds an n-gram: its count, and what each fold takes away from it.</summary>
    public void Add(int total, IReadOnlyList<FoldShare> shares)
    {
        Count(folds, total, 1);
        foreach (FoldShare share in shares)
        {
            // The last place holds what every fold has in common; the others how they differ from it.
            Count(share.Fold, total, -1);
            Count(share.Fold, total - share.Count, 1);
        }
    }

    /// <summary>D = n1 / (n1 + 2 n2) without a fold (Ney, Essen and Kneser 1994); strictly between 0 and 1.</summary>
    public double DiscountWithout(int fold)
    {
        long once = _once[folds] + (fold == NgramModel.NoFold ? 0 : _once[fold]);
        long twice = _twice[folds] + (fold == NgramModel.NoFold ? 0 : _twice[fold]);
        return once == 0 || twice == 0 ? Unknown : once / (once + (2.0 * twice));
    }

    private void Count(int place, int count, int by)
    {
        if (count == 1)
            _once[place] += by;
        else if (count == 2)
            _twice[place] += by;
    }
}
