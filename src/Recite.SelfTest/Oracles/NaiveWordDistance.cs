using System.Text;

namespace Recite.SelfTest.Oracles;

/// <summary>
/// Word edit distance by the table of Wagner and Fischer (1974), all of it, and words by a slow reading of ASCII: what the aligner
/// of near-verbatim matches is held against.
/// </summary>
public static class NaiveWordDistance
{
    /// <summary>The fewest insertions, deletions and substitutions of words that make one text of the other.</summary>
    public static int Count(string a, string b) => Count(WordsOf(a), WordsOf(b));

    /// <summary>The same for texts cut into words already.</summary>
    public static int Count<T>(IReadOnlyList<T> a, IReadOnlyList<T> b)
        where T : IEquatable<T>
    {
        var table = new int[a.Count + 1, b.Count + 1];
        for (int i = 0; i <= a.Count; i++)
        {
            for (int j = 0; j <= b.Count; j++)
            {
                if (i == 0 || j == 0)
                    table[i, j] = i + j;
                else
                    table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1].Equals(b[j - 1]) ? 0 : 1));
            }
        }

        return table[a.Count, b.Count];
    }

    /// <summary>The words of an ASCII text, in small letters.</summary>
    public static IReadOnlyList<string> WordsOf(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (char c in text + " ")
        {
            char small = c is >= 'A' and <= 'Z' ? (char)(c + 32) : c;
            if (small is >= 'a' and <= 'z' or >= '0' and <= '9')
            {
                word.Append(small);
                continue;
            }

            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }

        return words;
    }
}
