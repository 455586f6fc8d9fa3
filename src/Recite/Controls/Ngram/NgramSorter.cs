using System.Runtime.InteropServices;

namespace Recite.Controls.Ngram;

/// <summary>Sorts records in bounded memory: what does not fit is written to a folder in sorted runs, and the runs are merged.</summary>
/// <param name="folder">Where runs go; they are removed when they have been merged.</param>
/// <param name="name">Begins the names of the runs.</param>
/// <param name="capacity">Records kept in memory.</param>
internal sealed class NgramSorter(string folder, string name, int capacity)
{
    private const int FirstCapacity = 1 << 12;

    private readonly List<string> _runs = [];
    private UInt128[] _records = new UInt128[Math.Min(capacity, FirstCapacity)];
    private int _count;

    /// <summary>Runs written so far.</summary>
    public int RunCount => _runs.Count;

    public void Add(UInt128 record)
    {
        if (_count == _records.Length)
        {
            if (_count == capacity)
                Spill();
            else
                Array.Resize(ref _records, (int)Math.Min(capacity, 2L * _count));
        }

        _records[_count++] = record;
    }

    /// <summary>Every record in order; the sorter is empty afterwards and gives its memory back.</summary>
    public IEnumerable<UInt128> Drain()
    {
        if (_runs.Count == 0)
        {
            Array.Sort(_records, 0, _count);
            for (int i = 0; i < _count; i++)
                yield return _records[i];
            _records = [];
            _count = 0;
            yield break;
        }

        Spill();
        _records = [];
        foreach (UInt128 record in Merge())
            yield return record;
        _runs.ForEach(File.Delete);
        _runs.Clear();
    }

    private void Spill()
    {
        Array.Sort(_records, 0, _count);
        string path = Path.Combine(folder, FormattableString.Invariant($"{name}-{_runs.Count}.run"));
        using (FileStream run = File.Create(path))
            run.Write(MemoryMarshal.AsBytes(_records.AsSpan(0, _count)));
        _runs.Add(path);
        _count = 0;
    }

    private IEnumerable<UInt128> Merge()
    {
        List<NgramRun> runs = [.. _runs.Select(path => new NgramRun(path))];
        try
        {
            var next = new PriorityQueue<NgramRun, UInt128>(runs.Where(run => run.MoveNext()).Select(run => (run, run.Current)));
            while (next.TryPeek(out NgramRun? run, out UInt128 record))
            {
                yield return record;
                if (run.MoveNext())
                    next.DequeueEnqueue(run, run.Current);
                else
                    next.Dequeue();
            }
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }
    }
}
