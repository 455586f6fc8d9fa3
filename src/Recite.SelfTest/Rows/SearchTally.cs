using System.Globalization;
using Recite.SelfTest.Oracles;

namespace Recite.SelfTest.Rows;

/// <summary>Counts how often two searches agreed; safe for many threads.</summary>
internal sealed class SearchTally
{
    // Queries that find nothing agree easily: so many in a hundred must find something, or the row proves little.
    private const int LeastMatchingPercent = 30;

    private readonly Lock _lock = new();
    private readonly int[] _perShape = new int[GlyphWriter.Shapes.Count];
    private int _matching;
    private int _differences;
    private (int Corpus, string Text) _first = (int.MaxValue, "");

    /// <summary>Adds one query.</summary>
    public void Add(int shape, string expected, string actual, int corpus)
    {
        bool differs = !string.Equals(expected, actual, StringComparison.Ordinal);
        lock (_lock)
        {
            _perShape[shape]++;
            _matching += expected.Length > 0 ? 1 : 0;
            _differences += differs ? 1 : 0;

            // The first one by number, whichever thread comes first.
            if (differs && corpus < _first.Corpus)
                _first = (corpus, $"; the first in corpus {corpus}, {GlyphWriter.Shapes[shape]}: naive [{expected}], index [{actual}]");
        }
    }

    /// <summary>What was counted.</summary>
    public RowMeasure Measure(int corpora)
    {
        int queries = _perShape.Sum();
        bool says = queries > 0 && Array.TrueForAll(_perShape, count => count > 0) && _matching * 100L >= queries * (long)LeastMatchingPercent;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{_differences:#,0} differences in {queries:#,0} queries of {_perShape.Length} shapes over {corpora:#,0} indexes; {_matching:#,0} queries matched{_first.Text}");
        return new RowMeasure(says ? text : text + "; too few queries that match to prove anything", says && _differences == 0);
    }
}
