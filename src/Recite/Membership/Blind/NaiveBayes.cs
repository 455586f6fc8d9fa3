namespace Recite.Membership.Blind;

/// <summary>
/// Naive Bayes over which features a text has (Manning, Raghavan and Schuetze 2008, section 13.3). A text's score is the mean over its
/// features of ln((members with it + 1) / (members + 2)) - ln(the same of non-members): the mean and not the sum, so that length, which has
/// a baseline of its own, does not decide it.
/// </summary>
/// <remarks>
/// Each fold is scored by what was learnt from the folds before it (prequential validation, Dawid 1984), and the first one only teaches.
/// Ordinary cross-validation lets every pair of folds teach each other, which counts what they share twice: where there is nothing to learn
/// its AUC scatters with twice the variance that any interval made from the scores knows of. Here each text is new to what scores it, the
/// scatter is that of independent texts, and the interval covers.
/// </remarks>
internal static class NaiveBayes
{
    /// <summary>Scores every text; NaN in the first fold, and 0 for a text without features.</summary>
    public static double[] Score(LabelledTexts texts, Func<string, IReadOnlySet<string>> read)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[][] features = [.. texts.Texts.Select(text => Number(read(text), numbers))];
        var counts = new Counts(numbers.Count);
        double[] scores = new double[features.Length];
        for (int fold = 0; fold < LabelledTexts.Folds; fold++)
        {
            int[] own = [.. Enumerable.Range(0, features.Length).Where(i => texts.FoldOf(i) == fold)];
            foreach (int i in own)
                scores[i] = fold == 0 ? double.NaN : features[i].Select(counts.Weigh).DefaultIfEmpty().Average();
            foreach (int i in own)
                counts.Add(features[i], texts.IsMember(i));
        }

        return scores;
    }

    private static int[] Number(IReadOnlySet<string> features, Dictionary<string, int> numbers)
    {
        int[] ids = new int[features.Count];
        int at = 0;

        // In a fixed order: sums of floating-point numbers depend on it.
        foreach (string feature in features.Order(StringComparer.Ordinal))
        {
            if (!numbers.TryGetValue(feature, out int id))
                numbers.Add(feature, id = numbers.Count);
            ids[at++] = id;
        }

        return ids;
    }

    private sealed class Counts(int size)
    {
        private readonly int[] _inMembers = new int[size];
        private readonly int[] _inOthers = new int[size];
        private int _members;
        private int _others;

        public double Weigh(int feature) =>
            Math.Log((_inMembers[feature] + 1.0) / (_members + 2.0)) - Math.Log((_inOthers[feature] + 1.0) / (_others + 2.0));

        public void Add(int[] features, bool isMember)
        {
            _members += isMember ? 1 : 0;
            _others += isMember ? 0 : 1;
            foreach (int feature in features)
                (isMember ? _inMembers : _inOthers)[feature]++;
        }
    }
}
