using System.Runtime.CompilerServices;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Ingest.Inputs;

namespace Recite.Ingest;

/// <summary>Reads the documents of files, folders, patterns and standard input, in an order that does not depend on the machine.</summary>
/// <param name="options">Field names and bounds.</param>
/// <param name="readers">The readers, the first that can read a file gets it; <see cref="DocumentReaders.All"/> has those that ship.</param>
public sealed class DocumentIngest(IngestOptions options, IReadOnlyList<IDocumentReader> readers)
{
    /// <summary>Ids that are taken before the first document is read, by documents that the new ones will stand beside.</summary>
    public IEnumerable<string> TakenIds { get; init; } = [];

    /// <summary>Reads all documents. Every id is unique within one call.</summary>
    /// <param name="inputs">
    /// Files, folders (read recursively, hidden files left out; of a git repository the tracked files, of a dataset folder its
    /// tables), patterns such as <c>docs/**/*.md</c>, and <c>-</c>. Archives are opened, their files named <c>a.zip!/b.txt</c>.
    /// </param>
    /// <param name="standardInput">What <c>-</c> reads; null when there is none. Left open.</param>
    /// <param name="onSkipped">Told about every file and every record that gave no document because something is wrong with it.</param>
    /// <param name="onNotice">Told what the user should know and what is no error; a bounded number of times.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="ReciteException">An option makes no sense, an input does not exist, or a pattern matches nothing.</exception>
    public async IAsyncEnumerable<Document> ReadAsync(
        IReadOnlyList<string> inputs,
        Stream? standardInput,
        Action<SkippedInput> onSkipped,
        Action<string> onNotice,
        [EnumeratorCancellation] CancellationToken ct)
    {
        options.Validate();
        var log = new IngestLog(onSkipped, onNotice);
        var reading = new FileReading(options, readers, log);
        var ids = new UniqueNames();
        foreach (string taken in TakenIds)
            ids.Claim(taken);
        await foreach (InputFile file in OpenAllAsync(inputs, standardInput, log, ct))
        {
            await foreach (Document document in reading.ReadAsync(file, ct))
            {
                string id = ids.Claim(document.Id);
                Document sourced = file.Origin.Length > 0 && document.Uri == document.Id ? document with { Uri = document.Uri + file.Origin } : document;
                if (!ReferenceEquals(id, document.Id))
                    log.Notice(NoticeKind.Name, $"The id {Printable.Show(document.Id)} is taken: the later document, from {file.Label}, is {Printable.Show(id)}.");
                yield return ReferenceEquals(id, document.Id) ? sourced : sourced with { Id = id };
            }
        }

        log.Finish();
    }

    // An opened file is closed when the next one is asked for.
    private async IAsyncEnumerable<InputFile> OpenAllAsync(IReadOnlyList<string> inputs, Stream? standardInput, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        var opener = new InputOpener(options);
        var names = new UniqueNames();

        // One input cannot hold a file twice, so the usual large folder needs no memory for this.
        HashSet<string>? seen = inputs.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (InputPath path in InputResolver.Resolve(inputs, standardInput is not null, options.Git, log, ct).SelectMany(static source => source))
        {
            ct.ThrowIfCancellationRequested();
            if (path.FullPath is not null && seen?.Add(path.FullPath) == false)
            {
                log.Notice(NoticeKind.LeftOut, $"{Printable.Show(path.Name)} was given more than once and is read once.");
                continue;
            }

            string name = names.Claim(path.Name);
            if (!ReferenceEquals(name, path.Name))
                log.Notice(NoticeKind.Name, $"Two inputs are called {Printable.Show(path.Name)}: the later one is {Printable.Show(name)}.");
            InputFile? file = await FileReading.OpenAsync(() => OpenAsync(opener, path, name, standardInput, ct), name, log);
            if (file is null)
                continue;
            try
            {
                yield return file;
            }
            finally
            {
                await file.Content.DisposeAsync();
            }
        }
    }

    private static Task<InputFile> OpenAsync(InputOpener opener, InputPath path, string name, Stream? standardInput, CancellationToken ct)
    {
        if (path.Content is { } content)
            return opener.OpenContentAsync(content, name, path.Name[(path.Name.LastIndexOf('/') + 1)..], ct);
        return path.FullPath is null ? opener.OpenStandardInputAsync(standardInput!, name, ct) : opener.OpenFileAsync(path with { Name = name }, ct);
    }
}
