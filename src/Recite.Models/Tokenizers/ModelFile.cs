using System.Text.Json;
using Recite.Indexing;

namespace Recite.Models.Tokenizers;

/// <summary>Reads the small files of a model's directory: bounded, with one sentence for whatever is wrong.</summary>
internal static class ModelFile
{
    private const int MaxDepth = 64;

    /// <summary>The whole of a file of at most <paramref name="maxBytes"/>.</summary>
    /// <exception cref="ReciteException">It cannot be read or is too large.</exception>
    public static byte[] ReadBytes(string path, long maxBytes)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > maxBytes)
                throw new ReciteException($"{path} has {stream.Length} bytes, more than the {maxBytes} such a file may have; check that it is the right file.");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"{path} cannot be read ({e.Message.TrimEnd('.')}); check that it exists and may be read.", e);
        }
    }

    /// <summary>Reads a JSON object from a file and lets <paramref name="read"/> make something of it.</summary>
    /// <exception cref="ReciteException">
    /// It cannot be read, is no JSON object, or <paramref name="read"/> threw a <see cref="FormatException"/>, whose message
    /// completes the sentence that begins with the path.
    /// </exception>
    public static T ReadJson<T>(string path, long maxBytes, Func<JsonElement, T> read)
    {
        byte[] bytes = ReadBytes(path, maxBytes);
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException("holds no JSON object");
            return read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new ReciteException($"{path} is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}); copy or export it again.", e);
        }
        catch (FormatException e)
        {
            throw new ReciteException($"{path} {e.Message}; use a model exported in the layout of Hugging Face Optimum.", e);
        }
    }
}
