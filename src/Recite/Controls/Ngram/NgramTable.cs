using System.IO.MemoryMappedFiles;

namespace Recite.Controls.Ngram;

/// <summary>The n-grams of one order in order of their keys, mapped from disk: what is not asked for takes no memory.</summary>
internal sealed class NgramTable : IDisposable
{
    private readonly MemoryMappedFile? _rowFile;
    private readonly MemoryMappedFile? _foldFile;
    private readonly MemoryMappedViewAccessor? _rows;
    private readonly MemoryMappedViewAccessor? _folds;

    public NgramTable(string rowPath, string foldPath)
    {
        Count = new FileInfo(rowPath).Length / NgramRow.Bytes;
        if (Count == 0)
            return;
        _rowFile = Map(rowPath);
        _rows = _rowFile.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        if (new FileInfo(foldPath).Length == 0)
            return;
        _foldFile = Map(foldPath);
        _folds = _foldFile.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    public long Count { get; }

    public NgramRow this[long index]
    {
        get
        {
            _rows!.Read(index * NgramRow.Bytes, out NgramRow row);
            return row;
        }
    }

    /// <summary>The first row whose key is at least <paramref name="key"/>, between two rows.</summary>
    public long LowerBound(UInt128 key, long first, long end)
    {
        while (first < end)
        {
            long middle = first + ((end - first) / 2);
            if (this[middle].Key < key)
                first = middle + 1;
            else
                end = middle;
        }

        return first;
    }

    /// <summary>The count of a row without a fold; with every fold where <paramref name="fold"/> is <see cref="NgramModel.NoFold"/>.</summary>
    public int CountWithout(in NgramRow row, int fold)
    {
        if (fold == NgramModel.NoFold)
            return row.Total;
        for (long i = row.FirstFold; i < row.FirstFold + row.FoldCount; i++)
        {
            _folds!.Read(i * FoldShare.Bytes, out FoldShare share);
            if (share.Fold == fold)
                return row.Total - share.Count;
        }

        return row.Total;
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _folds?.Dispose();
        _rowFile?.Dispose();
        _foldFile?.Dispose();
    }

    private static MemoryMappedFile Map(string path) => MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
}
