namespace Recite.Indexing.Segments;

/// <summary>The normalized text of a segment that keeps none, in a file of its own until the heavy lists are ordered.</summary>
internal sealed class NormalizedScratch(string path) : IDisposable
{
    private readonly FileStream _stream = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public string Path => path;

    public void Write(ReadOnlySpan<byte> normalized) => _stream.Write(normalized);

    public void Flush() => _stream.Flush();

    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(path);
    }
}
