namespace Recite.Controls.Ngram;

/// <summary>Counts n-grams by fold in one pass and bounded memory, and makes the model of them.</summary>
internal sealed class NgramModelBuilder
{
    /// <summary>The tag of what stands in more folds than one, so that leaving out one takes nothing away.</summary>
    public const int InSeveralFolds = -1;

    /// <summary>Most folds that a tag can tell apart.</summary>
    public const int MostFolds = 254;

    // While one order is drained, the next lower one fills: two buffers at a time.
    private const int BytesPerRecord = 2 * 16;

    private readonly NgramSorter[] _sorters;
    private readonly string _folder;
    private readonly int _folds;
    private int[] _units = [];

    /// <param name="order">Units of the longest n-gram, 1 to 5.</param>
    /// <param name="folds">Folds that can be left out.</param>
    /// <param name="folder">An empty folder for the tables and for sorting.</param>
    /// <param name="memoryBytes">Memory for sorting.</param>
    public NgramModelBuilder(int order, int folds, string folder, long memoryBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, NgramKey.LongestOrder);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, MostFolds);
        (_folder, _folds) = (folder, folds);
        int capacity = (int)Math.Clamp(memoryBytes / BytesPerRecord, 2, 1 << 28);
        _sorters = [.. Enumerable.Range(1, order).Select(k => new NgramSorter(folder, FormattableString.Invariant($"sort-{k}"), capacity))];
    }

    /// <summary>Sorted runs that did not fit into memory so far.</summary>
    public int RunCount => _sorters.Sum(sorter => sorter.RunCount);

    /// <summary>
    /// Counts a document: no n-gram reaches over its borders. N-grams that begin at the border have nothing to their left, so below the
    /// highest order too they are counted by occurrence.
    /// </summary>
    /// <param name="units">Its units, borders not included.</param>
    /// <param name="fold">Its fold, or <see cref="InSeveralFolds"/>.</param>
    public void Add(ReadOnlySpan<int> units, int fold)
    {
        if (units.IsEmpty)
            return;
        int length = units.Length + 2;
        if (_units.Length < length)
            _units = new int[length * 2];
        Span<int> bordered = _units.AsSpan(0, length);
        bordered[0] = bordered[^1] = NgramKey.Border;
        units.CopyTo(bordered[1..]);

        var tag = (UInt128)(uint)(fold + 1);
        int order = _sorters.Length;
        for (int last = 1; last < length; last++)
        {
            int first = Math.Max(0, last - order + 1);
            _sorters[last - first].Add(NgramKey.Of(bordered[first..(last + 1)]) | tag);
        }
    }

    /// <summary>Makes the model; the builder cannot be used again.</summary>
    public NgramModel Build(CancellationToken cancellationToken)
    {
        var tables = new NgramTable[_sorters.Length];
        var counts = new CountsOfCounts[_sorters.Length];
        try
        {
            for (int k = _sorters.Length - 1; k >= 0; k--)
            {
                var writer = new NgramTableWriter(_folder, k + 1, _folds);
                tables[k] = writer.Write(_sorters[k], k == 0 ? null : _sorters[k - 1], cancellationToken);
                counts[k] = writer.CountsOfCounts;
            }

            return new NgramModel(tables, counts);
        }
        catch
        {
            foreach (NgramTable? table in tables)
                table?.Dispose();
            throw;
        }
    }
}
