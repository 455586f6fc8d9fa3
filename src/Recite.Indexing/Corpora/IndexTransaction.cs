namespace Recite.Indexing.Corpora;

/// <summary>One change of an index: all of it or none.</summary>
internal static class IndexTransaction
{
    /// <summary>Takes the directory, lets <paramref name="write"/> put files there, and makes the manifest it returns the index.</summary>
    /// <param name="path">The index.</param>
    /// <param name="open">How its directory is taken.</param>
    /// <param name="write">Writes files that nothing names yet.</param>
    /// <exception cref="ReciteException">The place cannot be written, or <paramref name="write"/> refused.</exception>
    public static async Task<IndexManifest> RunAsync(string path, Func<string, IndexDirectory> open, Func<IndexDirectory, Task<IndexManifest>> write)
    {
        try
        {
            using IndexDirectory directory = open(path);
            try
            {
                IndexManifest manifest = await write(directory);
                directory.Commit(manifest);
                return manifest;
            }
            catch
            {
                directory.Abandon();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"The index at '{path}' cannot be written: {e.Message.TrimEnd('.')}. What stood there before is unchanged.", e);
        }
    }
}
