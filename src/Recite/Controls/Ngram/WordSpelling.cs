namespace Recite.Controls.Ngram;

/// <summary>
/// How probable a word is by its bytes: a Kneser-Ney model of bytes over the different words of the corpus, with the same folds. A word is its
/// bytes and an end, so the probabilities of all words, the empty one included, sum to 1.
/// </summary>
internal sealed class WordSpelling : IDisposable
{
    // A byte may take 256 values, and the word may end.
    private const double Uniform = 1.0 / 257;

    // A word of hundreds of bytes would otherwise have no probability at all.
    private const double Least = 1e-250;

    private readonly NgramModel _bytes;

    private WordSpelling(NgramModel bytes) => _bytes = bytes;

    /// <summary>Counts words: their bytes, and the fold that each stands in alone.</summary>
    public static WordSpelling Count(IEnumerable<(byte[] Word, int Fold)> words, int folds, string folder, long memoryBytes, CancellationToken cancellationToken)
    {
        string own = Path.Combine(folder, "spelling");
        Directory.CreateDirectory(own);
        var builder = new NgramModelBuilder(NgramKey.LongestOrder, folds, own, memoryBytes);
        foreach ((byte[] word, int fold) in words)
            builder.Add([.. word.Select(ToId)], fold);
        return new WordSpelling(builder.Build(cancellationToken));
    }

    /// <summary>The probability of a word, with one fold left out.</summary>
    public double Probability(ReadOnlySpan<byte> word, int fold)
    {
        int[] units = new int[word.Length + 2];
        units[0] = units[^1] = NgramKey.Border;
        for (int i = 0; i < word.Length; i++)
            units[i + 1] = ToId(word[i]);
        double logarithm = 0;
        for (int i = 1; i < units.Length; i++)
            logarithm += Math.Log(_bytes.Probability(units.AsSpan(Math.Max(0, i - _bytes.Order + 1), Math.Min(i, _bytes.Order - 1)), units[i], Uniform, fold));

        return Math.Max(Math.Exp(logarithm), Least);
    }

    public void Dispose() => _bytes.Dispose();

    private static int ToId(byte value) => value + 1;
}
