using System.Globalization;
using System.Text;
using Recite.Indexing;
using Recite.Ingest.Containers;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Git;

/// <summary>Reads what <c>git ls-tree -r -l -z</c> prints: mode, type, object, length, tab, path, zero.</summary>
internal static class GitTree
{
    private const int MaxEntryBytes = ContainedPath.MaxBytes + 256;

    /// <summary>The entries, as they come.</summary>
    /// <exception cref="ReciteException">It is no such list.</exception>
    public static IEnumerable<GitEntry> Read(Stream list, string label)
    {
        var buffered = new BufferedStream(list, 64 << 10);
        var entry = new List<byte>(256);
        for (int next; (next = buffered.ReadByte()) >= 0;)
        {
            if (next != 0)
            {
                entry.Add((byte)next);
                if (entry.Count > MaxEntryBytes)
                    throw Damaged(label);
                continue;
            }

            yield return Parse(Encoding.UTF8.GetString([.. entry]), label);
            entry.Clear();
        }
    }

    private static GitEntry Parse(string entry, string label)
    {
        int tab = entry.IndexOf('\t', StringComparison.Ordinal);
        string[] parts = tab < 0 ? [] : entry[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 4 || !parts[2].All(char.IsAsciiHexDigit))
            throw Damaged(label);
        long? length = long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null;
        return new GitEntry(parts[0], parts[2], length, entry[(tab + 1)..]);
    }

    private static ReciteException Damaged(string label) =>
        new($"{Printable.Show(label)} is a git repository with a file list that makes no sense: run git fsck in it, or read the folder as it is with --git off.");
}
