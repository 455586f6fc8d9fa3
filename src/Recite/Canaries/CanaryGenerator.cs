using System.Text;
using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>Makes the texts of a list, planted and decoys alike: nothing here knows which is which.</summary>
internal static class CanaryGenerator
{
    private const int LongestSentence = 10;
    private const int MostTries = 1000;

    /// <summary>The texts, all different, in order.</summary>
    /// <exception cref="ReciteException">The words give too few different texts.</exception>
    public static IReadOnlyList<CanaryText> Make(CanaryParameters parameters, ReadOnlySpan<byte> seed, WordSource words)
    {
        var random = new CanaryRandom(seed, "texts");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var texts = new List<CanaryText>(parameters.Count);
        int tries = 0;
        while (texts.Count < parameters.Count)
        {
            CanaryText text = parameters.Kind switch
            {
                CanaryKind.Secret => ReservedSecret.Make(random, words),
                CanaryKind.Passage => new CanaryText(Passage(random, words, parameters.Words), null),
                _ => new CanaryText(string.Join(' ', Enumerable.Range(0, parameters.Words).Select(_ => words.Next(random))), null),
            };

            // A secret that two sentences share would count for both.
            if (seen.Add(text.Secret ?? text.Text))
                texts.Add(text);
            else if (++tries > MostTries + parameters.Count)
                throw new ReciteException($"The generator does not give {parameters.Count} different canaries of kind '{CanaryParameters.Word(parameters.Kind)}'; make fewer, or use more words.");
        }

        return texts;
    }

    private static string Passage(CanaryRandom random, WordSource words, int count)
    {
        var passage = new StringBuilder();
        while (count > 0)
        {
            int length = Math.Min(count, 5 + random.Below(LongestSentence - 4));
            if (passage.Length > 0)
                passage.Append(' ');
            passage.Append(words.NextName(random));
            for (int i = 1; i < length; i++)
                passage.Append(' ').Append(words.Next(random));
            passage.Append('.');
            count -= length;
        }

        return passage.ToString();
    }
}
