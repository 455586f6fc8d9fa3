using System.IO.Enumeration;

namespace Recite.Ingest.Inputs;

/// <summary>
/// The files below a folder that match a pattern, in ordinal order of their relative paths, so that two machines index alike.
/// Memory holds the listings of the folders on the current path only.
/// </summary>
/// <remarks>Links to folders are not followed: they may form loops, and would give documents two names.</remarks>
internal sealed class FolderWalk(string root, GlobPattern pattern, IngestLog log, CancellationToken ct)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly record struct Entry(string Name, bool IsFolder, bool IsLink, long LengthBytes, GlobStates States);

    private readonly record struct Level(string Prefix, List<Entry> Entries, int Next);

    public IEnumerable<InputPath> Files()
    {
        var levels = new Stack<Level>();
        levels.Push(List("", pattern.Start));
        while (levels.TryPop(out Level level))
        {
            ct.ThrowIfCancellationRequested();
            if (level.Next == level.Entries.Count)
                continue;
            levels.Push(level with { Next = level.Next + 1 });

            Entry entry = level.Entries[level.Next];
            string name = level.Prefix + entry.Name;
            if (entry.IsFolder)
            {
                if (entry.IsLink)
                    log.Notice(NoticeKind.LeftOut, $"{Printable.Show(name)} is a link to a folder and was not followed: give that folder as an input of its own.");
                else
                    levels.Push(List(name + "/", entry.States));
            }
            else if (HasContent(name, entry))
            {
                yield return new InputPath(PathOf(name), name);
            }
        }
    }

    private string PathOf(string name) => Path.Join(root, name);

    private Level List(string prefix, GlobStates states)
    {
        var entries = new List<Entry>();
        try
        {
            var listing = new FileSystemEnumerable<Entry>(
                PathOf(prefix),
                (ref FileSystemEntry entry) => new Entry(
                    entry.FileName.ToString(),
                    entry.IsDirectory,
                    entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
                    entry.IsDirectory ? 0 : entry.Length,
                    default),
                Everything);
            foreach (Entry entry in listing)
            {
                GlobStates next = pattern.Step(states, entry.Name);
                if (entry.IsFolder ? next.CanGoOn : pattern.IsMatch(next))
                    entries.Add(entry with { States = next });
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string folder = prefix.Length == 0 ? "The folder" : Printable.Show(prefix);
            log.Skip(prefix.TrimEnd('/'), null, SkipKind.Unreadable, $"{folder} cannot be listed ({InputFailure.Describe(error)}): its files were left out.");
        }

        entries.Sort(static (a, b) => CompareInPath(a, b));
        return new Level(prefix, entries, 0);
    }

    // A folder sorts as its name with the slash, which makes the walk equal to sorting all relative paths.
    private static int CompareInPath(Entry a, Entry b) => string.CompareOrdinal(
        a.IsFolder ? a.Name + "/" : a.Name,
        b.IsFolder ? b.Name + "/" : b.Name);

    // A pipe, a socket or a device has no length either: opening it could wait for ever.
    private bool HasContent(string name, Entry entry)
    {
        long lengthBytes = entry.LengthBytes;
        if (entry.IsLink)
        {
            try
            {
                if (File.ResolveLinkTarget(PathOf(name), returnFinalTarget: true) is not FileInfo { Exists: true } target)
                    throw new FileNotFoundException();
                lengthBytes = target.Length;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                log.Skip(name, null, SkipKind.Unreadable, $"{Printable.Show(name)} is a link that leads to no file: it was left out.");
                return false;
            }
        }

        if (lengthBytes == 0)
            log.Notice(NoticeKind.Empty, $"{Printable.Show(name)} is empty: there is nothing to index.");
        return lengthBytes != 0;
    }
}
