namespace Recite.Indexing.Matching.Near;

/// <summary>
/// Goes from words that are equal outwards on one side, over edits, as long as the whole may still be within the tolerance, and
/// keeps the places where a match may end: behind a word both sides have, where the last edits were worth their price.
/// </summary>
internal sealed class NearExtension
{
    // Edits that may be spent on credit: a seed can stand beside the worst of a passage. Beyond it, an edit must be covered by
    // what the match has won already, and no stretch may lose more than the second figure.
    private const int Credit = 8;
    private const int MostLost = 64;
    private const int MostEdits = 1000;
    private const int BandWords = 256;

    // Without this rule nearly every verbatim match would grow by an accidental "the" a few words away.
    private const int WordsPerEditAtEnds = 3;

    private readonly DiagonalFront _front = new(BandWords);
    private readonly List<FrontReach> _ends = [];
    private OutwardWords _input = null!;
    private OutwardWords _document = null!;
    private NearTolerance _tolerance;
    private int _wordsPerEdit;
    private int _bestWorth;

    /// <summary>Where the match may end, from the nearest to the furthest.</summary>
    public IReadOnlyList<FrontReach> Ends => _ends;

    /// <summary>The most that this side has won at one of its ends: edits allowed less edits spent, in thousandths.</summary>
    public long BestSurplus { get; private set; }

    public void Begin(OutwardWords input, OutwardWords document, NearTolerance tolerance)
    {
        (_input, _document, _tolerance) = (input, document, tolerance);
        _wordsPerEdit = Math.Min(WordsPerEditAtEnds, 1000 / tolerance.PerMille);
        _front.Begin(input, document);
        _ends.Clear();
        _ends.Add(_front.LastEqual);
        _bestWorth = _front.LastEqual.Input;
        BestSurplus = Surplus(_front.LastEqual.Input, 0);
    }

    /// <summary>Spends one more edit unless it cannot lead anywhere; gives the steps it took, 0 when this side is done.</summary>
    /// <param name="surplusElsewhere">What the rest of the match has won, in thousandths of an edit.</param>
    public int Advance(long surplusElsewhere)
    {
        long surplus = Surplus(_front.Furthest, _front.Edits);
        if (_front.IsExhausted || _front.Edits >= MostEdits || surplus < BestSurplus - (MostLost * 1000) || surplus + surplusElsewhere < -Credit * 1000)
            return 0;

        int steps = _front.Advance(_input, _document);
        FrontReach end = _front.LastEqual;
        int worth = end.Input - (_wordsPerEdit * end.Edits);
        if (end.Input > 0 && worth > _bestWorth)
        {
            _ends.Add(end);
            _bestWorth = worth;
            BestSurplus = Math.Max(BestSurplus, Surplus(end.Input, end.Edits));
        }

        return steps;
    }

    private long Surplus(int words, int edits) => (words * (long)_tolerance.PerMille) - (edits * 1000L);
}
