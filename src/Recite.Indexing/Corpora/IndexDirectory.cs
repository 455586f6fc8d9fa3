using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>
/// The directory of an index while it is being written: one writer at a time, and everything stays invisible until the
/// manifest is renamed. What a killed writer left behind is swept away by the next.
/// </summary>
internal sealed class IndexDirectory : IDisposable
{
    private const string LockName = ".lock";

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly bool _isNew;

    private IndexDirectory(string path, FileStream @lock, bool isNew) => (_path, _lock, _isNew) = (path, @lock, isNew);

    public string SegmentsPath => Path.Combine(_path, PartNames.SegmentsDirectory);

    /// <summary>Takes the directory for writing, creating it if need be.</summary>
    /// <exception cref="ReciteException">Something else stands there, or another process writes it.</exception>
    public static IndexDirectory Open(string path)
    {
        if (File.Exists(path))
            throw new ReciteException($"'{path}' is a file. Give -o a name that is free or an index to replace.");
        if (Directory.Exists(path) && !LooksLikeIndex(path))
            throw new ReciteException($"'{path}' exists and is not a Recite index; it is left alone. Give -o another name.");

        return Take(path);
    }

    /// <summary>Takes the directory of an index that stands there.</summary>
    /// <exception cref="ReciteException">There is none, it is damaged, or another process writes it.</exception>
    public static IndexDirectory OpenExisting(string path)
    {
        // Asked first, so that nothing is created where no index is.
        ManifestFile.Read(path);
        return Take(path);
    }

    private static IndexDirectory Take(string path)
    {
        bool existed = Directory.Exists(path);
        Directory.CreateDirectory(Path.Combine(path, PartNames.SegmentsDirectory));
        FileStream @lock;
        try
        {
            @lock = new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (existed)
        {
            throw new ReciteException($"Another process is writing the index at '{path}' ({e.Message}). Wait for it or stop it.", e);
        }

        var directory = new IndexDirectory(path, @lock, !existed);
        directory.Sweep(keep: ReadManifestOrNull(path));
        return directory;
    }

    /// <summary>Makes <paramref name="manifest"/> the index, atomically, and removes what it no longer names.</summary>
    public void Commit(IndexManifest manifest)
    {
        string temporary = Path.Combine(_path, PartNames.TemporaryPrefix + ManifestFile.FileName);
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(ManifestFile.Serialize(manifest));
            stream.Flush(flushToDisk: true);
        }

        // What the manifest names must be on the disk before the manifest is, or a power failure could leave one without its files.
        DurableDirectory.Flush(SegmentsPath);
        DurableDirectory.Flush(_path);
        if (_isNew && Path.GetDirectoryName(Path.GetFullPath(_path)) is { } parent)
            DurableDirectory.Flush(parent);
        File.Move(temporary, Path.Combine(_path, ManifestFile.FileName), overwrite: true);
        FlushCommit();
        Sweep(manifest);
    }

    // Before anything of the old index is deleted: it would be the one that a power failure brings back.
    private void FlushCommit()
    {
        try
        {
            DurableDirectory.Flush(_path);
        }
        catch (IOException e)
        {
            throw new ReciteException($"The index at '{_path}' was written, but not so that it would survive a power failure: {e.Message}. Check the disk, then run 'recite index verify'.", e);
        }
    }

    /// <summary>Removes what a failed build has written, and the directory itself if it never held an index.</summary>
    public void Abandon()
    {
        IndexManifest? manifest = ReadManifestOrNull(_path);
        Sweep(manifest);
        if (manifest is not null || File.Exists(Path.Combine(_path, ManifestFile.FileName)))
            return;
        _lock.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    public void Dispose() => _lock.Dispose();

    private static bool LooksLikeIndex(string path)
    {
        string manifest = Path.Combine(path, ManifestFile.FileName);
        if (File.Exists(manifest) && HasIndexSchema(manifest))
            return true;

        // A build that was killed before its first commit leaves nothing but these, and an index whose manifest is damaged is still ours.
        return Directory.EnumerateFileSystemEntries(path)
            .Select(Path.GetFileName)
            .All(name => name is PartNames.SegmentsDirectory or LockName || name!.StartsWith(PartNames.TemporaryPrefix, StringComparison.Ordinal)
                || (name is ManifestFile.FileName && Directory.Exists(Path.Combine(path, PartNames.SegmentsDirectory))));
    }

    // Also true of damaged and newer indexes: they are ours to replace.
    private static bool HasIndexSchema(string manifestPath)
    {
        Span<byte> head = stackalloc byte[256];
        using FileStream stream = File.OpenRead(manifestPath);
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head.IndexOf("\"recite.index/"u8) >= 0;
    }

    private static IndexManifest? ReadManifestOrNull(string path)
    {
        try
        {
            return ManifestFile.Read(path);
        }
        catch (ReciteException)
        {
            // No manifest, or one that nobody can read: no file is in use because of it.
            return null;
        }
    }

    private void Sweep(IndexManifest? keep)
    {
        if (keep is null && File.Exists(Path.Combine(_path, ManifestFile.FileName)))
            return;

        HashSet<string> named = keep?.Segments.SelectMany(segment => segment.Files()).Select(file => file.File).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (string file in Directory.EnumerateFiles(SegmentsPath))
        {
            if (!named.Contains(Path.GetFileName(file)))
                File.Delete(file);
        }

        File.Delete(Path.Combine(_path, PartNames.TemporaryPrefix + ManifestFile.FileName));
    }
}
