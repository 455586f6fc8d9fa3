using System.Text.Json;
using Recite.Indexing;

namespace Recite.Config;

/// <summary>A random sequence that was planted so many times, or never (0).</summary>
/// <param name="Id">Its name.</param>
/// <param name="Duplicates">Copies in the corpus.</param>
/// <param name="Text">The sequence.</param>
public sealed record Canary(string Id, int Duplicates, string Text);

/// <summary>A list of canaries: <c>{"schema", "seed", "canaries": [{"id", "duplicates", "text"}]}</c>.</summary>
/// <param name="Canaries">The canaries in the order of the file.</param>
public sealed record CanaryList(IReadOnlyList<Canary> Canaries)
{
    private const int MostBytes = 64 << 20;

    /// <summary>Reads a list from a file of at most 64 MiB.</summary>
    /// <exception cref="ReciteException">The file cannot be read or is no such list.</exception>
    public static CanaryList Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MostBytes)
                throw new ReciteException($"The canary list {path} is larger than 64 MiB.");
            using JsonDocument json = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(json.RootElement, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"The canary list {path} cannot be read: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new ReciteException($"{path}:{error.LineNumber + 1}: this is no JSON; a canary list is what 'recite canary create' writes.", error);
        }
    }

    private static CanaryList Read(JsonElement root, string path)
    {
        var canaries = new List<Canary>();
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("canaries", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            throw new ReciteException($"{path} is no canary list: it has no list 'canaries'.");

        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object
                || !item.TryGetProperty("id", out JsonElement id) || id.ValueKind != JsonValueKind.String
                || !item.TryGetProperty("text", out JsonElement text) || text.ValueKind != JsonValueKind.String
                || !item.TryGetProperty("duplicates", out JsonElement duplicates) || duplicates.ValueKind != JsonValueKind.Number
                || !duplicates.TryGetInt32(out int count) || count < 0)
            {
                throw new ReciteException($"{path}: canary {canaries.Count + 1} lacks its 'id', 'text' or a whole number of 'duplicates'.");
            }

            canaries.Add(new Canary(id.GetString()!, count, text.GetString()!));
        }

        return new CanaryList(canaries);
    }
}
