using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>
/// Holds the records of one segment until they are sorted: in memory up to a budget, beyond it in a file that is gone when the
/// store is. What comes out does not depend on the budget: the records of a partition, in order of slots.
/// </summary>
internal sealed unsafe class RecordStore(long budgetBytes, string spillPath) : IDisposable
{
    private const long SlabBytes = 8 << 20;
    private const int SpillBufferRecords = 1 << 15;

    private readonly List<nint> _slabs = [];
    private readonly List<Run> _runs = [];
    private readonly List<Run> _spilled = [];
    private readonly long[] _counts = new long[GramRecords.Partitions];
    private SafeFileHandle? _file;
    private long _fileRecords;
    private long _slabUsed = SlabBytes;
    private int _slab = -1;
    private bool _disposed;

    /// <summary>Number of records.</summary>
    public long Count { get; private set; }

    /// <summary>Number of records of a partition.</summary>
    public long CountOf(int partition) => _counts[partition];

    /// <summary>Copies a batch's records, whose slots start at <paramref name="firstSlot"/> in the segment; batches come in order.</summary>
    public void Add(GramRecords batch, long firstSlot)
    {
        uint first = checked((uint)firstSlot);
        var starts = new int[GramRecords.Partitions + 1];
        for (int partition = 0; partition < GramRecords.Partitions; partition++)
        {
            ReadOnlySpan<ulong> records = batch[partition];
            starts[partition + 1] = starts[partition] + records.Length;
            _counts[partition] += records.Length;
        }

        long bytes = (long)batch.Count * sizeof(ulong);
        ulong* target = Allocate(bytes);
        for (int partition = 0; partition < GramRecords.Partitions; partition++)
        {
            ReadOnlySpan<ulong> records = batch[partition];
            ulong* to = target + starts[partition];
            for (int i = 0; i < records.Length; i++)
                to[i] = records[i] + first;
        }

        _runs.Add(new Run((nint)target, starts));
        Count += batch.Count;
        if ((_slab * SlabBytes) + _slabUsed >= budgetBytes)
            Spill();
    }

    /// <summary>Copies the records of a partition in order of slots. Safe to call from several threads once nothing is added.</summary>
    public void Gather(int partition, Span<ulong> target)
    {
        foreach (Run run in _spilled)
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(target[..run.CountOf(partition)]);
            long offset = (run.Start + run.Starts[partition]) * sizeof(ulong);
            for (int read; !bytes.IsEmpty; bytes = bytes[read..], offset += read)
            {
                read = RandomAccess.Read(_file!, bytes, offset);
                if (read == 0)
                    throw new IOException($"'{spillPath}' ends before its time");
            }

            target = target[run.CountOf(partition)..];
        }

        foreach (Run run in _runs)
        {
            new ReadOnlySpan<ulong>((ulong*)run.Start + run.Starts[partition], run.CountOf(partition)).CopyTo(target);
            target = target[run.CountOf(partition)..];
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (nint slab in _slabs)
            MemoryAdvice.Free((byte*)slab);
        _file?.Dispose();
        if (_file is not null)
            File.Delete(spillPath);
    }

    // A batch of one huge document may be larger than a slab and gets one of its own size.
    private ulong* Allocate(long bytes)
    {
        if (_slab < 0 || _slabUsed + bytes > SlabBytes)
        {
            _slab++;
            _slabUsed = 0;
            if (bytes > SlabBytes)
            {
                _slabs.Insert(_slab, (nint)MemoryAdvice.AllocateLarge(bytes));
                _slabUsed = SlabBytes;
                return (ulong*)_slabs[_slab];
            }

            if (_slab == _slabs.Count)
                _slabs.Add((nint)MemoryAdvice.AllocateLarge(SlabBytes));
        }

        var start = (ulong*)(_slabs[_slab] + (nint)_slabUsed);
        _slabUsed += bytes;
        return start;
    }

    private void Spill()
    {
        _file ??= File.OpenHandle(spillPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.None);
        var starts = new int[GramRecords.Partitions + 1];
        var buffer = new ulong[SpillBufferRecords];
        int filled = 0;
        long written = _fileRecords;
        for (int partition = 0; partition < GramRecords.Partitions; partition++)
        {
            starts[partition + 1] = starts[partition];
            foreach (Run run in _runs)
            {
                var records = new ReadOnlySpan<ulong>((ulong*)run.Start + run.Starts[partition], run.CountOf(partition));
                starts[partition + 1] += records.Length;
                while (!records.IsEmpty)
                {
                    int take = Math.Min(records.Length, buffer.Length - filled);
                    records[..take].CopyTo(buffer.AsSpan(filled));
                    records = records[take..];
                    filled += take;
                    if (filled == buffer.Length)
                        Flush(buffer, ref filled, ref written);
                }
            }
        }

        Flush(buffer, ref filled, ref written);
        _spilled.Add(new Run((nint)_fileRecords, starts));
        _fileRecords = written;
        _runs.Clear();
        foreach (nint slab in _slabs)
            MemoryAdvice.Free((byte*)slab);
        _slabs.Clear();
        (_slab, _slabUsed) = (-1, SlabBytes);
    }

    private void Flush(ulong[] buffer, ref int filled, ref long written)
    {
        RandomAccess.Write(_file!, MemoryMarshal.AsBytes(buffer.AsSpan(0, filled)), written * sizeof(ulong));
        written += filled;
        filled = 0;
    }

    // Start is an address in memory or a number of records in the file.
    private readonly record struct Run(nint Start, int[] Starts)
    {
        public int CountOf(int partition) => Starts[partition + 1] - Starts[partition];
    }
}
