namespace Recite.Membership.Blind;

/// <summary>
/// Naive Bayes over which features a text has (Manning, Raghavan and Schuetze 2008, section 13.3), cross-validated. A text's score is the
/// mean over its features of ln((members with it + 1) / (members + 2)) - ln(the same of non-members): the mean and not the sum, so that
/// length, which has a baseline of its own, does not decide it.
/// </summary>
internal static class NaiveBayes
{
    /// <summary>Scores every text by counts that leave its own fold out; one without features scores 0.</summary>
    public static double[] Score(LabelledTexts texts, Func<string, IReadOnlySet<string>> read)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[][] features = [.. texts.Texts.Select(text => Number(read(text), numbers))];

        // Counts of everything once; each fold's own are subtracted when its texts are scored.
        Counts all = Count(texts, features, numbers.Count, fold: null);
        double[] scores = new double[features.Length];
        for (int fold = 0; fold < LabelledTexts.Folds; fold++)
        {
            Counts own = Count(texts, features, numbers.Count, fold);
            for (int i = 0; i < features.Length; i++)
            {
                if (texts.FoldOf(i) == fold && features[i].Length > 0)
                    scores[i] = features[i].Average(f => Weight(all, own, f));
            }
        }

        return scores;
    }

    private static double Weight(Counts all, Counts own, int feature) =>
        Math.Log((all.InMembers[feature] - own.InMembers[feature] + 1.0) / (all.Members - own.Members + 2.0))
        - Math.Log((all.InOthers[feature] - own.InOthers[feature] + 1.0) / (all.Others - own.Others + 2.0));

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

    private static Counts Count(LabelledTexts texts, int[][] features, int size, int? fold)
    {
        var counts = new Counts(new int[size], new int[size]);
        for (int i = 0; i < features.Length; i++)
        {
            if (fold is { } only && texts.FoldOf(i) != only)
                continue;
            bool isMember = texts.IsMember(i);
            counts.Members += isMember ? 1 : 0;
            counts.Others += isMember ? 0 : 1;
            foreach (int feature in features[i])
                (isMember ? counts.InMembers : counts.InOthers)[feature]++;
        }

        return counts;
    }

    private sealed class Counts(int[] inMembers, int[] inOthers)
    {
        public int[] InMembers { get; } = inMembers;

        public int[] InOthers { get; } = inOthers;

        public int Members { get; set; }

        public int Others { get; set; }
    }
}
