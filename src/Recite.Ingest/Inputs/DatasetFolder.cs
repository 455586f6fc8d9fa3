using System.Text;

namespace Recite.Ingest.Inputs;

/// <summary>
/// A folder as the datasets library writes it or the Hugging Face hub serves it: tables, beside files that describe them and that
/// are no texts of the dataset.
/// </summary>
internal static class DatasetFolder
{
    private const int CardBytes = 64 << 10;

    private static readonly string[] Descriptions = ["dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json"];

    private static readonly string[] CardKeys = ["dataset_info:", "configs:", "task_categories:"];

    /// <summary>Whether a folder is one: it is described by a file of a certain name, or by the head of its card.</summary>
    public static bool Is(string folder) =>
        Array.Exists(Descriptions, name => File.Exists(Path.Join(folder, name))) || HasCard(Path.Join(folder, "README.md"));

    /// <summary>The files without those that describe, which are told.</summary>
    public static IEnumerable<InputPath> WithoutDescriptions(IEnumerable<InputPath> files, IngestLog log)
    {
        foreach (InputPath file in files)
        {
            if (IsDescription(file.Name[(file.Name.LastIndexOf('/') + 1)..]))
                log.Notice(NoticeKind.LeftOut, $"{Printable.Show(file.Name)} describes the dataset or is a copy made by its library: it was left out; name it as an input of its own to read it.");
            else
                yield return file;
        }
    }

    // Results of a map over the dataset lie beside its tables, under names of their own.
    private static bool IsDescription(string name) =>
        name is "README.md" or "LICENSE" or "LICENSE.md" or "LICENSE.txt"
        || Array.IndexOf(Descriptions, name) >= 0
        || (name.StartsWith("cache-", StringComparison.Ordinal) && name.EndsWith(".arrow", StringComparison.Ordinal));

    private static bool HasCard(string path)
    {
        try
        {
            if (!File.Exists(path))
                return false;
            using FileStream card = File.OpenRead(path);
            byte[] head = new byte[CardBytes];
            string text = Encoding.UTF8.GetString(head, 0, card.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)).ReplaceLineEndings("\n");
            int end = text.StartsWith("---\n", StringComparison.Ordinal) ? text.IndexOf("\n---", 3, StringComparison.Ordinal) : -1;
            return end > 0 && text[..end].Split('\n').Any(line => Array.Exists(CardKeys, key => line.StartsWith(key, StringComparison.Ordinal)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The walk meets the same file, and says what is wrong with it.
            return false;
        }
    }
}
