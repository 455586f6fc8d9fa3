using System.Runtime.CompilerServices;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Ingest.Containers;
using Recite.Ingest.Inputs;

namespace Recite.Ingest;

/// <summary>
/// Reads opened files: an archive file by file, to a bounded depth, everything else by the first reader that can. What is wrong
/// with a file becomes one line of the log, and the documents before it stay.
/// </summary>
internal sealed class FileReading(IngestOptions options, IReadOnlyList<IDocumentReader> readers, IngestLog log)
{
    private const int MaxPointerBytes = 1024;

    private readonly InputOpener _opener = new(options);

    /// <summary>Opens a file; null, and told, when it is empty or cannot be opened.</summary>
    public static async Task<InputFile?> OpenAsync(Func<Task<InputFile>> open, string name, IngestLog log)
    {
        try
        {
            InputFile file = await open();
            if (!file.Head.IsEmpty)
                return file;
            log.Notice(NoticeKind.Empty, $"{file.Label} is empty: there is nothing to index.");
            await file.Content.DisposeAsync();
            return null;
        }
        catch (Exception error) when (InputFailure.IsOfInput(error))
        {
            log.Skip(name, null, InputFailure.KindOf(error), Sentence(error, Printable.Show(name)));
            return null;
        }
    }

    /// <summary>The documents of a file, with those of all files in it.</summary>
    public IAsyncEnumerable<Document> ReadAsync(InputFile file, CancellationToken ct) =>
        ReadAsync(file, new UnpackBudget(options, file.Label, (file.Content as PrefixedStream)?.KnownBytes), depth: 1, ct);

    private IAsyncEnumerable<Document> ReadAsync(InputFile file, UnpackBudget budget, int depth, CancellationToken ct)
    {
        if (file.Head.Length < MaxPointerBytes && file.Head.Span.StartsWith("version https://git-lfs.github.com/spec/"u8))
        {
            string how = file.Origin.Length > 0 ? ", and read the folder as it is with --git off" : "";
            log.Skip(file.Name, null, SkipKind.Unreadable, $"{file.Label} is a Git LFS pointer and not the file it stands for: fetch that with git lfs pull{how}.");
            return AsyncEnumerable.Empty<Document>();
        }

        IInputContainer? container = InputContainers.All.FirstOrDefault(candidate => candidate.CanOpen(file.FileName, file.Head.Span));
        if (container is not null)
            return ReadContainerAsync(container, file, budget, depth, ct);

        IDocumentReader? reader = readers.FirstOrDefault(candidate => candidate.CanRead(file.FileName, file.Head.Span));
        if (reader is not null)
            return UntilItFails(reader.ReadAsync(file, options, log, ct), file, ct);
        log.Skip(file.Name, null, SkipKind.NotText, $"{file.Label} is of a kind that no reader knows: it was left out.");
        return AsyncEnumerable.Empty<Document>();
    }

    private async IAsyncEnumerable<Document> ReadContainerAsync(IInputContainer container, InputFile file, UnpackBudget budget, int depth, [EnumeratorCancellation] CancellationToken ct)
    {
        if (depth > options.MaxArchiveDepth)
        {
            log.Skip(file.Name, null, SkipKind.Limit, $"{file.Label} lies in more than {options.MaxArchiveDepth - 1} archives: unpack the outer ones.");
            yield break;
        }

        await foreach (ContainedFile contained in UntilItFails(container.FilesAsync(file, options, budget, log, ct), file, ct))
        {
            string name = file.Name + ContainedPath.Separator + contained.Path;
            InputFile? opened = await OpenAsync(() => _opener.OpenContainedAsync(contained, name, budget, ct), name, log);
            if (opened is not null)
            {
                await using Stream content = opened.Content;
                await foreach (Document document in ReadAsync(opened, budget, depth + 1, ct))
                    yield return document;
            }

            // Told once, by whatever met the limit; every further file would only meet it again.
            if (budget.IsSpent)
                yield break;
        }
    }

    private async IAsyncEnumerable<T> UntilItFails<T>(IAsyncEnumerable<T> parts, InputFile file, [EnumeratorCancellation] CancellationToken ct)
    {
        long count = 0;
        await using IAsyncEnumerator<T> reading = parts.GetAsyncEnumerator(ct);
        while (true)
        {
            try
            {
                if (!await reading.MoveNextAsync())
                    yield break;
            }
            catch (Exception error) when (InputFailure.IsOfInput(error))
            {
                string what = typeof(T) == typeof(Document) ? "documents" : "files";
                string stays = count == 0 ? "" : $" The {what} before that ({count}) were read.";
                log.Skip(file.Name, null, InputFailure.KindOf(error), Sentence(error, file.Label) + stays);
                yield break;
            }

            count++;
            yield return reading.Current;
        }
    }

    private static string Sentence(Exception error, string label) => error is ReciteException
        ? error.Message
        : $"{label} could not be read ({InputFailure.Describe(error)}): it was left out.";
}
