namespace Recite.Ingest.Containers;

/// <summary>A kind of file that holds other files: an archive. What is in it goes through the same readers as any file.</summary>
internal interface IInputContainer
{
    /// <summary>Whether the file is of this kind, judged by its name without .gz or .zst and by its first bytes.</summary>
    bool CanOpen(string fileName, ReadOnlySpan<byte> head);

    /// <summary>The files in it, one after the other: the stream of one is read before the next is asked for.</summary>
    IAsyncEnumerable<ContainedFile> FilesAsync(InputFile container, IngestOptions options, UnpackBudget budget, IngestLog log, CancellationToken ct);
}
