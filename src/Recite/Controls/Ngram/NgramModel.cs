namespace Recite.Controls.Ngram;

/// <summary>
/// An interpolated Kneser-Ney model with one discount per order (Kneser and Ney 1995 in the interpolated form of Chen and Goodman 1998), asked
/// with one fold left out: every count is exactly what it would be, had the documents of that fold never been counted.
/// </summary>
/// <remarks>
/// p_k(w|h) = max(a(hw) - D_k, 0) / a(h) + D_k N(h) / a(h) * p_k-1(w|h'), where a(hw) is the count at the highest order and for n-grams at the
/// border, elsewhere the number of different units before hw; a(h) its sum and N(h) the number of different w; h' is h without its first
/// unit. Where h was never seen, p_k is p_k-1; p_0 is given by the caller. A worked example: docs/adr/0006-out-of-fold-ngram.md.
/// </remarks>
internal sealed class NgramModel(IReadOnlyList<NgramTable> tables, IReadOnlyList<CountsOfCounts> counts) : IDisposable
{
    /// <summary>Leaves nothing out: for texts that were never counted.</summary>
    public const int NoFold = -1;

    private readonly Dictionary<(int Order, UInt128 Context, int Fold), ContextCounts> _contexts = [];
    private readonly Dictionary<int, int> _mostFrequent = [];

    /// <summary>Units of the longest n-gram.</summary>
    public int Order => tables.Count;

    /// <summary>The discount of an order (1 is single units) without a fold.</summary>
    public double DiscountOf(int order, int fold) => counts[order - 1].DiscountWithout(fold);

    /// <summary>The probability of a unit behind a context of any length; of a border at its beginning nothing may stand to the left.</summary>
    /// <param name="context">The units before it.</param>
    /// <param name="unit">The unit; <see cref="NgramKey.Border"/> is the end of the document.</param>
    /// <param name="baseProbability">Its probability before anything is counted.</param>
    /// <param name="fold">The fold to leave out.</param>
    public double Probability(ReadOnlySpan<int> context, int unit, double baseProbability, int fold)
    {
        double probability = baseProbability;
        for (int order = 1; order <= Math.Min(Order, context.Length + 1); order++)
        {
            UInt128 key = NgramKey.Of(context[^(order - 1)..]);
            ContextCounts h = CountsOf(order, key, fold);
            if (h.Sum == 0)
                break;
            double discount = DiscountOf(order, fold);
            double seen = Math.Max(CountOf(order, h, NgramKey.Append(key, order - 1, unit), fold) - discount, 0);
            probability = (seen + (discount * h.Different * probability)) / h.Sum;
        }

        return probability;
    }

    /// <summary>The most probable unit behind a context among those that were counted; of equals the smallest. The border where nothing was.</summary>
    public int MostProbable(ReadOnlySpan<int> context, Func<int, double> baseProbability, int fold)
    {
        // Down from the longest context every unit that was seen behind it gathers what each order adds to it.
        var gathered = new Dictionary<int, double>();
        double weight = 1;
        for (int order = Math.Min(Order, context.Length + 1); order >= 2; order--)
        {
            ContextCounts h = CountsOf(order, NgramKey.Of(context[^(order - 1)..]), fold);
            if (h.Sum == 0)
                continue;
            double discount = DiscountOf(order, fold);
            NgramTable table = tables[order - 1];
            for (long i = h.First; i < h.End; i++)
            {
                NgramRow row = table[i];
                int count = table.CountWithout(row, fold);
                if (count == 0)
                    continue;
                int unit = NgramKey.UnitAt(row.Key, order - 1);
                gathered[unit] = gathered.GetValueOrDefault(unit) + (weight * Math.Max(count - discount, 0) / h.Sum);
            }

            weight *= discount * h.Different / h.Sum;
        }

        // Of the units seen behind none of these contexts the most frequent one is the most probable.
        gathered.TryAdd(MostFrequent(baseProbability, fold), 0);
        return gathered
            .Select(g => (Unit: g.Key, Probability: g.Value + (weight * Probability([], g.Key, baseProbability(g.Key), fold))))
            .OrderByDescending(g => g.Probability).ThenBy(g => g.Unit)
            .First().Unit;
    }

    public void Dispose()
    {
        foreach (NgramTable table in tables)
            table.Dispose();
    }

    private int MostFrequent(Func<int, double> baseProbability, int fold)
    {
        if (_mostFrequent.TryGetValue(fold, out int known))
            return known;
        int best = NgramKey.Border;
        double highest = double.NegativeInfinity;
        for (long i = 0; i < tables[0].Count; i++)
        {
            int unit = NgramKey.UnitAt(tables[0][i].Key, 0);
            double probability = Probability([], unit, baseProbability(unit), fold);
            if (probability > highest)
                (best, highest) = (unit, probability);
        }

        return _mostFrequent[fold] = best;
    }

    private int CountOf(int order, ContextCounts h, UInt128 key, int fold)
    {
        NgramTable table = tables[order - 1];
        long found = table.LowerBound(key, h.First, h.End);
        if (found == h.End)
            return 0;
        NgramRow row = table[found];
        return row.Key == key ? table.CountWithout(row, fold) : 0;
    }

    private ContextCounts CountsOf(int order, UInt128 context, int fold)
    {
        if (_contexts.TryGetValue((order, context, fold), out ContextCounts known))
            return known;
        NgramTable table = tables[order - 1];
        long first = table.LowerBound(context, 0, table.Count);
        UInt128 last = NgramKey.LastWith(context, order - 1);
        long sum = 0, end = first;
        int different = 0;
        for (; end < table.Count; end++)
        {
            NgramRow row = table[end];
            if (row.Key > last)
                break;
            int count = table.CountWithout(row, fold);
            sum += count;
            different += count > 0 ? 1 : 0;
        }

        return _contexts[(order, context, fold)] = new ContextCounts(first, end, sum, different);
    }

    /// <summary>Where the n-grams of a context stand, what they count together, and how many of them are counted at all.</summary>
    private readonly record struct ContextCounts(long First, long End, long Sum, int Different);
}
