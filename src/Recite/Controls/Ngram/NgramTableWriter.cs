using System.Runtime.InteropServices;

namespace Recite.Controls.Ngram;

/// <summary>
/// Turns the sorted records of one order into its table: records of the same n-gram become one row. The tag of a record says which fold it
/// belongs to (fold + 1), or 0 where leaving out no single fold takes it away.
/// </summary>
internal sealed class NgramTableWriter(string folder, int order, int folds)
{
    private readonly List<FoldShare> _shares = [];
    private readonly string _rowPath = Path.Combine(folder, FormattableString.Invariant($"order-{order}.rows"));
    private readonly string _foldPath = Path.Combine(folder, FormattableString.Invariant($"order-{order}.folds"));
    private long _foldsWritten;

    /// <summary>How many n-grams are counted once and twice.</summary>
    public CountsOfCounts CountsOfCounts { get; } = new(folds);

    /// <summary>Writes the table, and hands each n-gram without its first unit to <paramref name="lower"/>, as one unit to the left of it.</summary>
    public NgramTable Write(NgramSorter sorter, NgramSorter? lower, CancellationToken cancellationToken)
    {
        using (FileStream rows = new(_rowPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        using (FileStream shares = new(_foldPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            UInt128 current = 0;
            int total = 0;
            foreach (UInt128 record in sorter.Drain())
            {
                UInt128 key = record & ~(UInt128)byte.MaxValue;
                if (total > 0 && key != current)
                {
                    Finish(current, total, rows, shares, lower);
                    total = 0;
                    cancellationToken.ThrowIfCancellationRequested();
                }

                current = key;
                total = checked(total + 1);
                Take((byte)record);
            }

            if (total > 0)
                Finish(current, total, rows, shares, lower);
        }

        return new NgramTable(_rowPath, _foldPath);
    }

    private void Take(byte tag)
    {
        // Tags of one n-gram come in order.
        if (tag == 0)
            return;
        int fold = tag - 1;
        if (_shares.Count > 0 && _shares[^1].Fold == fold)
            _shares[^1] = new FoldShare(fold, _shares[^1].Count + 1);
        else
            _shares.Add(new FoldShare(fold, 1));
    }

    private void Finish(UInt128 key, int total, FileStream rows, FileStream shares, NgramSorter? lower)
    {
        Span<NgramRow> row = [new NgramRow((ulong)(key >> 64), (ulong)key, total, _shares.Count, _foldsWritten)];
        rows.Write(MemoryMarshal.AsBytes(row));
        shares.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_shares)));
        _foldsWritten += _shares.Count;
        CountsOfCounts.Add(total, _shares);

        // It stands in one fold alone where that fold takes the whole count away.
        int only = _shares is [var single] && single.Count == total ? single.Fold + 1 : 0;
        lower?.Add(NgramKey.WithoutFirst(key) | (UInt128)(uint)only);
        _shares.Clear();
    }
}
