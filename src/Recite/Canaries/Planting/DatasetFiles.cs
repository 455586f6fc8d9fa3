using Recite.Indexing;

namespace Recite.Canaries.Planting;

/// <summary>What a file of a dataset is to the planter.</summary>
internal enum DatasetFileKind
{
    /// <summary>Copied as it is.</summary>
    Other,

    /// <summary>One document a line.</summary>
    JsonLines,

    /// <summary>One document a file.</summary>
    Text,
}

/// <summary>A file of a dataset.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its path below the dataset's folder, with slashes; its name where the dataset is a single file.</param>
/// <param name="Kind">What it is.</param>
internal sealed record DatasetFile(string Path, string Name, DatasetFileKind Kind);

/// <summary>The files of a dataset, in an order that does not depend on the machine.</summary>
internal static class DatasetFiles
{
    /// <summary>Lists them.</summary>
    /// <exception cref="ReciteException">There is none, or one cannot be planted into and must not be passed over.</exception>
    public static IReadOnlyList<DatasetFile> List(string input)
    {
        if (File.Exists(input))
            return [Of(input, Path.GetFileName(input))];
        if (!Directory.Exists(input))
            throw new ReciteException($"The dataset '{input}' does not exist; check the name.");

        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        var files = new List<DatasetFile>();
        foreach (FileSystemInfo entry in new DirectoryInfo(input).EnumerateFileSystemInfos("*", everything))
        {
            if (entry.LinkTarget is not null)
                throw new ReciteException($"{entry.FullName} is a link, which a copy of the dataset would have to follow or break; replace it by what it leads to.");
            if (entry is FileInfo)
                files.Add(Of(entry.FullName, Path.GetRelativePath(input, entry.FullName).Replace('\\', '/')));
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return files.Exists(f => f.Kind != DatasetFileKind.Other)
            ? files
            : throw new ReciteException($"The dataset '{input}' holds no .jsonl, .ndjson, .txt or .md file, so there is nothing to plant into.");
    }

    private static DatasetFile Of(string path, string name) => new(path, name, Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" => DatasetFileKind.JsonLines,
        ".txt" or ".md" => DatasetFileKind.Text,
        ".gz" or ".zst" => throw new ReciteException($"{path} is packed, and canaries are planted into plain files only: unpack it first and pack the copy again."),
        _ => DatasetFileKind.Other,
    });
}
