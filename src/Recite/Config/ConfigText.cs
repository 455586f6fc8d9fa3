using System.Text;
using Recite.Indexing;

namespace Recite.Config;

/// <summary>Reads a configuration file as text, bounded in size and UTF-8 only.</summary>
internal static class ConfigText
{
    /// <summary>The text of the file.</summary>
    /// <exception cref="ReciteException">The file cannot be read, is too large or is not UTF-8.</exception>
    public static string Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > ConfigYaml.MostBytes)
                throw new ReciteException($"{path} is larger than 1 MiB; a configuration is not. Check that it is the file you meant.");
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"The configuration {path} cannot be read: {error.Message}", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new ReciteException($"{path} is not UTF-8 text; save it as UTF-8.", error);
        }
    }
}
