using System.Text;

namespace Recite.EndToEnd.Matching;

/// <summary>Excerpts for the acceptance test: cut from the corpus and changed in ways that normalization promises to see through, or foreign.</summary>
internal static class Excerpts
{
    private const int Shortest = 90;
    private const int Longest = 700;

    /// <summary>An excerpt of a document with case, spacing, line breaks and punctuation at word edges changed.</summary>
    public static string Mutated(string text, Random random)
    {
        int length = Math.Min(text.Length, random.Next(Shortest, Longest));
        int start = random.Next(text.Length - length + 1);
        var mutated = new StringBuilder();
        foreach (Rune rune in text.Substring(start, length).EnumerateRunes())
        {
            if (rune.IsAscii && Rune.IsLetter(rune) && random.Next(4) == 0)
                mutated.Append((char)(rune.Value ^ 0x20));
            else if (rune.Value is ' ' or '\n' or '\t' && random.Next(3) == 0)
                mutated.Append(Separators[random.Next(Separators.Length)]);
            else
                mutated.Append(rune.ToString());
        }

        return mutated.ToString();
    }

    /// <summary>The words of an excerpt in another order: the same vocabulary, hardly a run of it in the corpus.</summary>
    public static string Shuffled(string text, Random random)
    {
        string[] words = Mutated(text, random).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        random.Shuffle(words);
        return string.Join(' ', words);
    }

    private static readonly string[] Separators = ["  ", "\r\n", " \n\t", ", ", "... ", " – ", " (", ") ", "; ", " \u00A0 ", "\u2028"];
}
