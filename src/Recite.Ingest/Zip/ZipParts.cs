using Recite.Ingest.Containers;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Zip;

/// <summary>The files of a document that is a zip archive, by their paths.</summary>
internal sealed class ZipParts
{
    private readonly Stream _archive;
    private readonly Dictionary<string, ZipEntry> _entries;
    private readonly UnpackBudget _budget;
    private readonly string _label;

    private ZipParts(Stream archive, Dictionary<string, ZipEntry> entries, UnpackBudget budget, string label)
    {
        _archive = archive;
        _entries = entries;
        _budget = budget;
        _label = label;
    }

    /// <summary>Reads the directory of an archive, which stays open as long as the parts are read.</summary>
    /// <exception cref="IngestException">The archive is damaged.</exception>
    public static async Task<ZipParts> OpenAsync(Stream archive, InputFile file, IngestOptions options, CancellationToken ct)
    {
        var entries = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        foreach (ZipEntry entry in await ZipDirectory.ReadAsync(archive, file.Label, ct))
            entries.TryAdd(entry.Path.Replace('\\', '/'), entry);
        return new ZipParts(archive, entries, new UnpackBudget(options, file.Label, archive.Length), file.Label);
    }

    /// <summary>Opens a file; null when there is none of the name.</summary>
    /// <exception cref="IngestException">It cannot be unpacked.</exception>
    public Stream? Open(string path) =>
        _entries.TryGetValue(path, out ZipEntry? entry) ? ZipEntryStream.Open(_archive, entry, _budget, $"{_label}, part {Printable.Show(path)},") : null;

    /// <summary>Reads a file whole; null when there is none of the name.</summary>
    /// <exception cref="IngestException">It is too long or cannot be unpacked.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string path, long maxBytes, CancellationToken ct)
    {
        await using Stream? content = Open(path);
        if (content is null)
            return null;
        return await BoundedRead.ToEndAsync(content, maxBytes, $"{_label}, part {Printable.Show(path)},", ct);
    }
}
