namespace Recite.Tests.Controls.Ngram;

/// <summary>Interpolated Kneser-Ney by its definition: every sum is taken over all documents each time, and a fold is left out by not reading it.</summary>
internal sealed class NaiveKneserNey(int order, IEnumerable<int[]> documents)
{
    private readonly int[][] _documents = [.. documents.Where(d => d.Length > 0).Select(d => (int[])[0, .. d, 0])];

    public double Probability(int[] context, int unit, double baseProbability) =>
        Probability(context, unit, baseProbability, Math.Min(order, context.Length + 1));

    public double Discount(int n)
    {
        long[] counts = [.. Grams(n).Select(Count)];
        double once = counts.Count(c => c == 1), twice = counts.Count(c => c == 2);
        return once == 0 || twice == 0 ? 0.5 : once / (once + (2 * twice));
    }

    private double Probability(int[] context, int unit, double baseProbability, int n)
    {
        if (n == 0)
            return baseProbability;
        int[] history = context[^(n - 1)..];
        double lower = Probability(context, unit, baseProbability, n - 1);
        long[] counts = [.. Grams(n).Where(g => g.AsSpan(0, n - 1).SequenceEqual(history)).Select(Count).Where(c => c > 0)];
        if (counts.Length == 0)
            return lower;
        double discount = Discount(n);
        return (Math.Max(Count([.. history, unit]) - discount, 0) / counts.Sum()) + (discount * counts.Length / counts.Sum() * lower);
    }

    private long Count(int[] gram) => gram.Length == order || gram is [0, _, ..]
        ? Occurrences(gram)
        : Grams(gram.Length + 1).Count(longer => longer.AsSpan(1).SequenceEqual(gram));

    // A border by itself is counted where a document ends: what begins a document is never said.
    private long Occurrences(int[] gram) => gram is [0] ? _documents.Length : _documents.Sum(d => Enumerable.Range(0, Math.Max(0, d.Length - gram.Length + 1)).Count(i => d.AsSpan(i, gram.Length).SequenceEqual(gram)));

    // Every n-gram that ends behind the border at the beginning.
    private List<int[]> Grams(int n) =>
    [
        .. _documents
            .SelectMany(d => Enumerable.Range(0, Math.Max(0, d.Length - n + 1)).Select(i => d[i..(i + n)]))
            .Where(g => g is not [0] || n > 1)
            .Concat(n == 1 ? [[0]] : [])
            .DistinctBy(g => string.Join(',', g)),
    ];
}
