using System.Text.Json;
using System.Text.Json.Serialization;
using Recite.Indexing;

namespace Recite.SelfTest.Rows;

/// <summary>
/// <c>extraction.json</c> of a model that the lab made: which canaries the lab's own decoder (TorchSharp, greedy, without a cache) got
/// back before the weights were exported.
/// </summary>
/// <param name="Schema"><c>recite.extraction/1</c>.</param>
/// <param name="PrefixTokens">Tokens of a canary that the prompt held.</param>
/// <param name="SuffixTokens">Tokens that all had to come back.</param>
/// <param name="Canaries">One outcome for each canary.</param>
[method: JsonConstructor]
internal sealed record IndependentExtraction(
    [property: JsonRequired] string Schema,
    [property: JsonRequired] int PrefixTokens,
    [property: JsonRequired] int SuffixTokens,
    [property: JsonRequired] IReadOnlyList<CanaryOutcome> Canaries)
{
    private const int MostBytes = 64 << 20;
    private static readonly JsonSerializerOptions s_web = new(JsonSerializerDefaults.Web) { MaxDepth = 8, RespectNullableAnnotations = true };

    /// <summary>Reads it from the directory of a model.</summary>
    /// <exception cref="ReciteException">The file is missing or is no such file.</exception>
    public static IndependentExtraction Read(string modelDirectory)
    {
        string path = Path.Combine(modelDirectory, "extraction.json");
        IndependentExtraction read = ReadJson<IndependentExtraction>(path, "what the lab writes beside a model");
        return read.Schema == "recite.extraction/1" && read.PrefixTokens > 0 && read.SuffixTokens > 0
            ? read
            : throw new ReciteException($"{path} is no recite.extraction/1 with lengths above zero; take the file that came with the model.");
    }

    /// <summary>Reads a JSON file of at most 64 MiB into a shape.</summary>
    /// <exception cref="ReciteException">The file is missing, too large or of another shape.</exception>
    public static T ReadJson<T>(string path, string what)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MostBytes)
                throw new ReciteException($"{path} is larger than 64 MiB and cannot be {what}.");
            return JsonSerializer.Deserialize<T>(stream, s_web) ?? throw new ReciteException($"{path} is empty; it should be {what}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"{path} cannot be read: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new ReciteException($"{path}:{error.LineNumber + 1}: this is not {what}: {error.Message}", error);
        }
    }
}

/// <summary>Whether a canary came back.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Duplicates">Copies in the corpus.</param>
/// <param name="Exposures">Copies times epochs.</param>
/// <param name="Extracted">From the separator and the canary's beginning.</param>
/// <param name="Offset">The random offset in tokens at which the second prompt begins, without a separator.</param>
/// <param name="ExtractedAtOffset">From there.</param>
[method: JsonConstructor]
internal sealed record CanaryOutcome(
    [property: JsonRequired] string Id,
    [property: JsonRequired] int Duplicates,
    [property: JsonRequired] int Exposures,
    [property: JsonRequired] bool Extracted,
    [property: JsonRequired] int Offset,
    [property: JsonRequired] bool ExtractedAtOffset);
