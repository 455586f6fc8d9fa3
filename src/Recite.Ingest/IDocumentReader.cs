using Recite.Indexing;
using Recite.Indexing.Corpora;

namespace Recite.Ingest;

/// <summary>Turns one kind of file into documents. See <c>docs/recipes/add-a-document-reader.md</c>.</summary>
/// <remarks>
/// The first reader of the list that can read a file gets it. A file is hostile: a reader bounds size, depth and time by
/// itself and throws <see cref="ReciteException"/> with one sentence when it gives up; what it handed out before stays.
/// </remarks>
public interface IDocumentReader
{
    /// <summary>Whether this reader is the one for the file, judged by its name without .gz or .zst and by its first bytes.</summary>
    /// <param name="fileName">The last part of the path.</param>
    /// <param name="head">The first <see cref="InputFile.HeadBytes"/> bytes, fewer only when the file is shorter.</param>
    bool CanRead(string fileName, ReadOnlySpan<byte> head);

    /// <summary>Reads the documents of the file in their order. Ids need not be unique: the caller sees to that.</summary>
    IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, CancellationToken ct);
}
