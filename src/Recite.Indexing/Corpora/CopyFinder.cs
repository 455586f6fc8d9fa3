using Recite.Indexing.Segments;
using Recite.Indexing.Segments.Documents;

namespace Recite.Indexing.Corpora;

/// <summary>
/// Decides for each document, in order, whether its text is new or stands with an earlier one. Keys of recent texts are in memory; when
/// they are many they go to a sorted file, which is searched only where a filter says that it might help.
/// </summary>
/// <param name="directory">Where sorted files go; they are removed at the end.</param>
/// <param name="known">The index that documents are added to, if any.</param>
/// <param name="memoryBytes">Memory to plan with; about a tenth of it is used.</param>
internal sealed class CopyFinder(string directory, CorpusIndex? known, long memoryBytes) : IDisposable
{
    private const int FewestRecent = 1 << 16;
    private const int MostRecent = 1 << 20;

    // About 40 bytes for each recent key, and as much again while they are sorted.
    private readonly int _mostRecent = (int)Math.Clamp(memoryBytes >> 10, FewestRecent, MostRecent);
    private readonly Dictionary<UInt128, long> _recent = [];
    private readonly List<(MappedPart Part, KeyTable Keys, string Path)> _runs = [];
    private KeyFilter? _filter;
    private long _next = known?.Rows.RowCount ?? 0;

    /// <summary>Holds recent keys to a number, so that tests get files from few texts.</summary>
    public int? ForcedRecent { get; init; }

    /// <summary>Gives each document of a stream of batches its place; hashing runs on several cores ahead of the decisions.</summary>
    public async IAsyncEnumerable<List<PlacedDocument>> PlaceAsync(IAsyncEnumerable<List<Document>> batches, int threads)
    {
        var hashing = new Queue<Task<List<(Document Document, UInt128 Key)>>>();
        await foreach (List<Document> batch in batches)
        {
            hashing.Enqueue(Task.Run(() => batch.ConvertAll(document => (document, TextKey.Of(document.Text.Span)))));
            if (hashing.Count >= threads)
                yield return Place(await hashing.Dequeue());
        }

        while (hashing.TryDequeue(out Task<List<(Document, UInt128)>>? hashed))
            yield return Place(await hashed);
    }

    public void Dispose()
    {
        foreach ((MappedPart part, _, string path) in _runs)
        {
            part.Dispose();
            File.Delete(path);
        }
    }

    private List<PlacedDocument> Place(List<(Document Document, UInt128 Key)> batch) =>
        batch.ConvertAll(hashed => new PlacedDocument(hashed.Document, hashed.Key, Place(hashed.Key)));

    private long Place(UInt128 key)
    {
        long row = _next++;
        long original = Find(key);
        if (original >= 0)
            return original;
        if (_recent.Count >= (ForcedRecent ?? _mostRecent))
            WriteRun();
        _recent.Add(key, row);
        return DocumentRow.HoldsText;
    }

    private long Find(UInt128 key)
    {
        if (_recent.TryGetValue(key, out long row))
            return row;
        if ((known is null && _runs.Count == 0) || !Filter().MayContain(key))
            return -1;
        foreach ((_, KeyTable keys, _) in _runs)
        {
            if (keys.Find(key) is >= 0 and var found)
                return found;
        }

        return known?.Rows.FindText(key) ?? -1;
    }

    private KeyFilter Filter()
    {
        if (_filter is not null)
            return _filter;

        _filter = new KeyFilter(memoryBytes >> 5);
        foreach (KeyTable keys in known?.Segments.Select(segment => segment.Keys) ?? [])
        {
            for (long i = 0; i < keys.Count; i++)
                _filter.Add(keys[i].Key);
        }

        return _filter;
    }

    private void WriteRun()
    {
        string path = Path.Combine(directory, PartNames.FileName($"{PartNames.TemporaryPrefix}run{_runs.Count}", PartNames.Of(PartKind.Keys)));
        long bytes;
        using (var part = new PartWriter(path, PartKind.Keys))
            bytes = KeyTable.Write(part, [.. _recent.Select(entry => new KeyRow(entry.Key, entry.Value))]).Bytes;
        MappedPart run = MappedPart.Open(path, PartKind.Keys, bytes);
        _runs.Add((run, new KeyTable(run), path));
        foreach (UInt128 key in _recent.Keys)
            Filter().Add(key);
        _recent.Clear();
    }
}
