using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace Recite.Ingest.Pdf;

/// <summary>
/// An opened PDF, whose pages are read one by one. The library trusts what it reads: it works on a thread of its own with a deep
/// stack, which is given up when the time is over, and behind a <see cref="PdfGuard"/> that it meets wherever it can be made to.
/// </summary>
internal sealed class PdfPages : IDisposable
{
    private const int StackBytes = 64 << 20;

    private readonly PdfGuard _guard;
    private readonly InputFile _file;
    private PdfDocument? _document;

    private PdfPages(PdfGuard guard, InputFile file)
    {
        _guard = guard;
        _file = file;
    }

    /// <summary>How many pages there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether other pages can still be read after one could not.</summary>
    public bool GoesOn => !_guard.IsOver;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IngestException">It is damaged, encrypted, or costs more than it may.</exception>
    public static async Task<PdfPages> OpenAsync(Stream stream, InputFile file, IngestOptions options, CancellationToken ct)
    {
        var guard = new PdfGuard(options, file.Label);
        var pages = new PdfPages(guard, file);
        var parsing = new ParsingOptions { SkipMissingFonts = true, Logger = guard, FilterProvider = new BoundedFilters(guard) };
        guard.BeginStep(file.Label);
        pages._document = await pages.RunAsync(
            () =>
            {
                PdfDocument document = PdfDocument.Open(new GuardedStream(stream, guard), parsing);
                document.AddPageFactory<PdfPageLetters, PdfPageReader>();
                return document;
            },
            ct);
        pages.Count = pages._document.NumberOfPages;
        if (pages.Count > options.MaxPdfPages)
            throw new IngestException(SkipKind.Limit, $"{file.Label} has more than {options.MaxPdfPages} pages: it was left out; split it.");
        if (pages.Count < 1)
            throw Damaged(file.Label);
        return pages;
    }

    /// <summary>The text of a page with a line end after each line; empty when it has none.</summary>
    /// <exception cref="IngestException">It is damaged, or costs more than it may.</exception>
    public Task<string> ReadAsync(int number, CancellationToken ct)
    {
        _guard.BeginStep($"{_file.Label} page {number}");
        return RunAsync(() => PdfPageText.Of(_document!.GetPage<PdfPageLetters>(number), _guard), ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A thread that was given up may still be in the document.
        if (!_guard.IsOver)
            _document?.Dispose();
        _guard.End();
    }

    private static IngestException Damaged(string label, Exception? inner = null)
    {
        string sentence = $"{label} is damaged, or not what the format of PDF allows: fetch it again, or print it to a new PDF.";
        return inner is null ? new IngestException(SkipKind.Damaged, sentence) : new IngestException(SkipKind.Damaged, sentence, inner);
    }

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken ct)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(work, result), StackBytes) { IsBackground = true, Name = "pdf" };
        thread.Start();
        try
        {
            T value = await result.Task.WaitAsync(_guard.Remaining, _guard.Time, ct);
            return _guard.Limit is { } limit ? throw limit : value;
        }
        catch (TimeoutException)
        {
            _guard.End();
            throw _guard.TooLong();
        }
        catch (OperationCanceledException)
        {
            _guard.End();
            throw;
        }
        catch (PdfDocumentEncryptedException error)
        {
            throw new IngestException(SkipKind.Encrypted, $"{_file.Label} is a PDF with a password: save it without one.", error);
        }
        catch (Exception error) when (error is not IngestException)
        {
            // The library has no error of its own for a damaged file: whatever it stumbles over comes out.
            throw _guard.Limit ?? Damaged(_guard.Step, error);
        }
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> result)
    {
        try
        {
            result.SetResult(work());
        }
        catch (Exception error)
        {
            result.SetException(error);
        }
    }
}
