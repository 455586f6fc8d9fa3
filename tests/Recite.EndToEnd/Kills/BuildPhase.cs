using System.Text.Json;

namespace Recite.EndToEnd.Kills;

/// <summary>How far a build had come when it was killed, told from what lies on the disk.</summary>
internal enum BuildPhase
{
    /// <summary>No file of the new index.</summary>
    NothingYet,

    /// <summary>The first segment is being written.</summary>
    WritingFirstSegment,

    /// <summary>At least one segment is complete, another one is being written.</summary>
    WritingLaterSegment,

    /// <summary>Segments are complete and none is being written, but the index does not name them yet.</summary>
    BetweenSegmentAndCommit,

    /// <summary>The new index is there, but the process had not ended.</summary>
    Committed,

    /// <summary>The process had ended by itself: this kill came too late to prove anything.</summary>
    EndedBefore,
}

/// <summary>Reads the folder of an index without a line of the product's code.</summary>
internal static class IndexFolder
{
    private const string Unfinished = ".building-";

    /// <summary>The digest that the manifest states; null where there is no manifest.</summary>
    public static string? ReadDigest(string index)
    {
        string manifest = Path.Combine(index, "manifest.json");
        if (!File.Exists(manifest))
            return null;
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        return json.RootElement.GetProperty("digest").GetString();
    }

    public static BuildPhase FindPhase(string index, string newDigest, IReadOnlySet<string> oldFiles)
    {
        if (ReadDigest(index) == newDigest)
            return BuildPhase.Committed;
        string[] added = [.. ReadSegmentFiles(index).Where(name => !oldFiles.Contains(name))];
        bool isWriting = added.Any(name => name.StartsWith(Unfinished, StringComparison.Ordinal));
        bool hasFinished = added.Any(name => !name.StartsWith(Unfinished, StringComparison.Ordinal));
        return (isWriting, hasFinished) switch
        {
            (true, false) => BuildPhase.WritingFirstSegment,
            (true, true) => BuildPhase.WritingLaterSegment,
            (false, true) => BuildPhase.BetweenSegmentAndCommit,
            _ => BuildPhase.NothingYet,
        };
    }

    public static IReadOnlySet<string> ReadSegmentFiles(string index)
    {
        string segments = Path.Combine(index, "segments");
        return Directory.Exists(segments)
            ? Directory.EnumerateFiles(segments).Select(file => Path.GetFileName(file)).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>();
    }

    /// <summary>The files below <c>segments/</c> that the manifest names.</summary>
    public static IReadOnlySet<string> ReadNamedFiles(string index)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(index, "manifest.json")));
        return json.RootElement.GetProperty("segments").EnumerateArray()
            .SelectMany(segment => segment.GetProperty("parts").EnumerateArray()
                .Select(part => $"{segment.GetProperty("name").GetString()}.{part.GetProperty("name").GetString()}")
                .Concat(segment.TryGetProperty("removed", out JsonElement removed) ? [$"{removed.GetProperty("name").GetString()}.removed"] : []))
            .ToHashSet(StringComparer.Ordinal);
    }

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "segments"));
        File.Copy(Path.Combine(from, "manifest.json"), Path.Combine(to, "manifest.json"));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(from, "segments")))
            File.Copy(file, Path.Combine(to, "segments", Path.GetFileName(file)));
    }
}
