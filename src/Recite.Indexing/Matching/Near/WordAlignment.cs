namespace Recite.Indexing.Matching.Near;

/// <summary>Words that both sides have in the same order, side by side.</summary>
/// <param name="Input">First word of the input.</param>
/// <param name="Document">First word of the document.</param>
/// <param name="Words">How many.</param>
/// <param name="EditsBefore">Edits of the alignment before them.</param>
internal readonly record struct EqualWords(int Input, int Document, int Words, int EditsBefore);

/// <summary>The fewest word edits between two texts, and one way to make them with so many (Ukkonen 1985).</summary>
/// <param name="Edits">Insertions, deletions and substitutions of words.</param>
/// <param name="Equal">The stretches left alone, in order.</param>
internal sealed record WordAlignment(int Edits, IReadOnlyList<EqualWords> Equal)
{
    /// <summary>Aligns all of both texts; null if that takes more edits than <paramref name="most"/>.</summary>
    public static WordAlignment? Find(int[] input, int[] document, int most)
    {
        // Equal words at the end are never worth an edit; taken off first, they are sure to be among the equal ones.
        int ending = 0;
        while (ending < Math.Min(input.Length, document.Length) && input[^(ending + 1)] >= 0 && input[^(ending + 1)] == document[^(ending + 1)])
            ending++;
        int words = input.Length - ending;
        int diagonal = document.Length - input.Length;
        var inputWords = new ArrayWords(input, 0, words);
        var documentWords = new ArrayWords(document, 0, words + diagonal);
        var front = new DiagonalFront(mostLag: input.Length);
        var levels = new List<Level>();
        front.Begin(inputWords, documentWords);
        while (front.Reached(diagonal) < words)
        {
            levels.Add(Level.Of(front));
            if (front.Edits == most || front.IsExhausted)
                return null;
            front.Advance(inputWords, documentWords);
        }

        List<EqualWords> equal = Trace(levels, words, diagonal);
        Keep(equal, words, input.Length, diagonal, front.Edits);
        return new WordAlignment(front.Edits, equal);
    }

    // From the end back: on each level, the words that were equal, and then the edit that came before them.
    private static List<EqualWords> Trace(List<Level> levels, int end, int diagonal)
    {
        var equal = new List<EqualWords>();
        int reached = end;
        for (int edits = levels.Count; edits > 0; edits--)
        {
            Level before = levels[edits - 1];
            int substituted = before.After(diagonal, 1), deleted = before.After(diagonal + 1, 1), inserted = before.After(diagonal - 1, 0);
            int start = Bounded(substituted, Bounded(deleted, Bounded(inserted, -1, reached), reached), reached);
            Keep(equal, start, reached, diagonal, edits);
            if (start == substituted || start == deleted)
                (diagonal, reached) = (start == substituted ? diagonal : diagonal + 1, start - 1);
            else
                (diagonal, reached) = (diagonal - 1, start);
        }

        Keep(equal, 0, reached, diagonal, 0);
        equal.Reverse();
        return equal;
    }

    private static int Bounded(int candidate, int best, int most) => candidate <= most ? Math.Max(candidate, best) : best;

    private static void Keep(List<EqualWords> equal, int start, int end, int diagonal, int edits)
    {
        if (end > start)
            equal.Add(new EqualWords(start, start + diagonal, end - start, edits));
    }

    /// <summary>What one level of a front had reached.</summary>
    private sealed record Level(int Low, int[] Reached)
    {
        public static Level Of(DiagonalFront front) => new(front.Low, front.CopyReached());

        public int After(int diagonal, int words)
        {
            int at = diagonal - Low;
            return at >= 0 && at < Reached.Length && Reached[at] >= 0 ? Reached[at] + words : int.MaxValue;
        }
    }
}
