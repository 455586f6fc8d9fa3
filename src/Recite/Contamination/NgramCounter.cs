using Recite.Indexing.Text;

namespace Recite.Contamination;

/// <summary>
/// Counts the word n-grams of a text that stand in the corpus, as the overlap checks of evaluation sets do (13-grams: Brown et al. 2020),
/// but exactly: an n-gram at least as long as the guarantee stands in the corpus if and only if a maximal match holds it. A shorter one
/// is found if a longer match holds it, else nobody can say.
/// </summary>
/// <param name="guarantee">The index's guarantee in normalized bytes.</param>
internal sealed class NgramCounter(int guarantee)
{
    /// <summary>Counts.</summary>
    /// <param name="words">The words of the normalized text, in order.</param>
    /// <param name="maximal">Every maximal match of the text from the guarantee on, ordered by start.</param>
    /// <param name="isComplete">Whether <paramref name="maximal"/> is all of them.</param>
    /// <param name="n">Words of an n-gram.</param>
    public NgramOverlap Count(IReadOnlyList<TextSpan> words, IReadOnlyList<TextSpan> maximal, bool isComplete, int n)
    {
        int total = Math.Max(0, words.Count - n + 1), found = 0, absent = 0;
        int next = 0, reached = 0;
        for (int i = 0; i < total; i++)
        {
            var gram = new TextSpan(words[i].Start, words[i + n - 1].End);

            // Of the matches that begin at or before the n-gram, the one that ends last holds it if any does.
            for (; next < maximal.Count && maximal[next].Start <= gram.Start; next++)
                reached = Math.Max(reached, maximal[next].End);
            if (reached >= gram.End)
                found++;
            else if (isComplete && gram.Length >= guarantee)
                absent++;
        }

        return new NgramOverlap(n, total, found, absent, total - found - absent);
    }
}
