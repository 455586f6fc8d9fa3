namespace Recite.Config;

/// <summary>Finds the known word that somebody probably meant.</summary>
public static class NearestWord
{
    /// <summary>The clause <c> (did you mean 'x'?)</c> for a word at most a third of its letters away, else nothing.</summary>
    public static string Suggest(string word, IEnumerable<string> known) => Find(word, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    /// <summary>The nearest known word; <see langword="null"/> where none is near.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        // What is much longer than any key is no slip of a finger, and must not cost quadratic time.
        if (word.Length is 0 or > 64)
            return null;

        string? nearest = null;
        int least = Math.Max(1, word.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < least)
                (nearest, least) = (candidate, distance);
        }

        return nearest;
    }

    // Levenshtein with neighbouring letters swapped counted once (optimal string alignment).
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            cost[0, j] = j;

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int best = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, cost[i - 2, j - 2] + 1);
                cost[i, j] = best;
            }
        }

        return cost[a.Length, b.Length];
    }
}
