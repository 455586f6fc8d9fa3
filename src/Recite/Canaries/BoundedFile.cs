using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>Reads whole files that come from outside, up to a bound.</summary>
internal static class BoundedFile
{
    public static byte[] Read(string path, int mostBytes, string what)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[Math.Min(stream.Length, (long)mostBytes) + 1];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read <= mostBytes && read < bytes.Length
                ? bytes[..read]
                : throw new ReciteException($"The {what} {path} is larger than {mostBytes >> 20} MiB.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ReciteException($"The {what} {path} cannot be read: there is no such file; see whether its name is right.", error);
        }
        catch (Exception error) when (Directory.Exists(path) && (error is IOException or UnauthorizedAccessException))
        {
            throw new ReciteException($"The {what} {path} cannot be read: it is a folder; name the file.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"The {what} {path} cannot be read: {error.Message}", error);
        }
    }
}
