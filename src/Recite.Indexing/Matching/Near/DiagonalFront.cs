namespace Recite.Indexing.Matching.Near;

/// <summary>
/// How far two sequences of words go together with so many edits: for each number of edits and each diagonal (words of the
/// document minus words of the input) the furthest word reached (Ukkonen 1985; Myers 1986). One level costs as many steps as it
/// has diagonals, so texts that part soon cost next to nothing however long they are.
/// </summary>
/// <param name="mostLag">Diagonals that have fallen so many words of the input behind the best are given up: this is the band.</param>
internal sealed class DiagonalFront(int mostLag)
{
    private const int Unreached = -1;

    private int[] _reached = new int[64];
    private int[] _next = new int[64];
    private int _offset;

    /// <summary>Edits spent so far.</summary>
    public int Edits { get; private set; }

    /// <summary>Least diagonal of this level.</summary>
    public int Low { get; private set; }

    /// <summary>Greatest diagonal of this level.</summary>
    public int High { get; private set; }

    /// <summary>Words of the input behind which the best diagonal stands.</summary>
    public int Furthest { get; private set; }

    /// <summary>The furthest place at this level that lies behind a word both sides have; no words where there is none.</summary>
    public FrontReach LastEqual { get; private set; }

    /// <summary>Whether both sides have ended, or no diagonal is left.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Begins with no edits.</summary>
    public void Begin(OutwardWords input, OutwardWords document)
    {
        (Edits, Low, High, _offset, IsExhausted) = (0, 0, 0, _reached.Length / 2, false);
        int reached = Slide(input, document, 0, 0);
        _reached[_offset] = reached;
        Furthest = reached;
        LastEqual = new FrontReach(reached, reached, 0);
    }

    /// <summary>Input words reached on a diagonal of this level; negative where it is out of reach.</summary>
    public int Reached(int diagonal) => diagonal < Low || diagonal > High ? Unreached : _reached[diagonal + _offset];

    /// <summary>Spends one more edit and gives the steps it took: diagonals looked at and words gone along.</summary>
    public int Advance(OutwardWords input, OutwardWords document)
    {
        int low = Low - 1, high = High + 1, offset = Reserve(low, high);
        FrontReach best = default;
        int furthest = Unreached, steps = 0;
        for (int diagonal = low; diagonal <= high; diagonal++)
        {
            int start = StartOf(diagonal, input, document);
            int reached = start < 0 ? Unreached : Slide(input, document, start, diagonal);
            _next[diagonal + offset] = reached;
            furthest = Math.Max(furthest, reached);
            steps += 1 + reached - start;
            if (reached > start && reached > best.Input)
                best = new FrontReach(reached, reached + diagonal, Edits + 1);
        }

        (_reached, _next, _offset) = (_next, _reached, offset);
        (Edits, Low, High, Furthest, LastEqual) = (Edits + 1, low, high, furthest, best);
        Narrow();
        IsExhausted = furthest < 0;
        return steps;
    }

    /// <summary>Input words reached on each diagonal of this level, from the least to the greatest.</summary>
    public int[] CopyReached() => _reached[(Low + _offset)..(High + _offset + 1)];

    /// <summary>Where the next level begins on a diagonal before it goes along equal words: the furthest of the three edits that lead there.</summary>
    public int StartOf(int diagonal, OutwardWords input, OutwardWords document)
    {
        int start = Unreached;
        int same = Reached(diagonal);
        if (same >= 0 && input[same] != OutwardWords.End && document[same + diagonal] != OutwardWords.End)
            start = same + 1;
        int above = Reached(diagonal + 1);
        if (above >= 0 && input[above] != OutwardWords.End)
            start = Math.Max(start, above + 1);
        int below = Reached(diagonal - 1);
        if (below >= 0 && document[below + diagonal - 1] != OutwardWords.End)
            start = Math.Max(start, below);
        return start;
    }

    private static int Slide(OutwardWords input, OutwardWords document, int reached, int diagonal)
    {
        while (input[reached] is var word and >= 0 && word == document[reached + diagonal])
            reached++;
        return reached;
    }

    private int Reserve(int low, int high)
    {
        int needed = (2 * Math.Max(-low, high)) + 3;
        if (_next.Length < needed)
            _next = new int[2 * needed];
        return _next.Length / 2;
    }

    private void Narrow()
    {
        while (Low < High && _reached[Low + _offset] < Furthest - mostLag)
            Low++;
        while (High > Low && _reached[High + _offset] < Furthest - mostLag)
            High--;
    }
}

/// <summary>How far an alignment goes.</summary>
/// <param name="Input">Words of the input.</param>
/// <param name="Document">Words of the document.</param>
/// <param name="Edits">Edits spent.</param>
internal readonly record struct FrontReach(int Input, int Document, int Edits);
