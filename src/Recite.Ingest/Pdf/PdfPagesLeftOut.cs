using System.Text;

namespace Recite.Ingest.Pdf;

/// <summary>The pages of a PDF that could not be read, told in one line.</summary>
internal sealed class PdfPagesLeftOut(InputFile file)
{
    private const int RunsInASentence = 8;

    private readonly List<(int First, int Last)> _runs = [];
    private IngestException? _first;
    private int _count;

    /// <summary>Takes a page, in the order of the document.</summary>
    public void Add(int number, IngestException error)
    {
        _first ??= error;
        _count++;
        if (_runs is [.., (int first, int last)] && last == number - 1)
            _runs[^1] = (first, number);
        else
            _runs.Add((number, number));
    }

    /// <summary>Tells, if there is any.</summary>
    public void Tell(IngestLog log, int pages)
    {
        if (_first is null)
            return;
        if (_count == 1 && pages == 1)
        {
            log.Skip(file.Name, null, _first.Kind, _first.Message);
            return;
        }

        var which = new StringBuilder();
        foreach ((int first, int last) in _runs.Take(RunsInASentence))
            which.Append(which.Length > 0 ? ", " : "").Append(first == last ? $"{first}" : $"{first}-{last}");
        if (_runs.Count > RunsInASentence)
            which.Append(", ...");
        log.Skip(file.Name, _runs[0].First, _first.Kind, $"{file.Label} lost {_count} of {pages} pages ({which}); the first: {_first.Message}");
    }
}
