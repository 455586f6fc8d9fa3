using Recite.Ingest.Inputs;
using UglyToad.PdfPig.Logging;

namespace Recite.Ingest.Pdf;

/// <summary>
/// What one PDF may cost. The library meets it at each of its own doors that lead outside (reading, unpacking, logging, drawing),
/// so that whatever loops there ends here; a limit that was met stays known when the library swallows the error.
/// </summary>
internal sealed class PdfGuard(IngestOptions options, string label) : ILog
{
    private readonly string _file = label;
    private readonly long _start = options.Time.GetTimestamp();
    private long _stepBytes;
    private volatile bool _isOver;

    /// <summary>The clock.</summary>
    public TimeProvider Time => options.Time;

    /// <summary>What is being read, as sentences show it.</summary>
    public string Step { get; private set; } = label;

    /// <summary>The limit that was met in this step; null while none was.</summary>
    public IngestException? Limit { get; private set; }

    /// <summary>Whether nothing more is read: the time is over, or nobody waits any more.</summary>
    public bool IsOver => _isOver;

    /// <summary>Time that is left, and never none.</summary>
    public TimeSpan Remaining
    {
        get
        {
            TimeSpan left = options.MaxPdfTime - Time.GetElapsedTime(_start);
            return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>Begins the opening or a page, which may unpack so much by itself.</summary>
    public void BeginStep(string what)
    {
        Step = what;
        Limit = null;
        _stepBytes = 0;
    }

    /// <summary>Throws when nothing more should be done.</summary>
    /// <exception cref="IngestException">The time is over, or a limit was met before in this step.</exception>
    public void Check()
    {
        if (Limit is { } limit)
            throw limit;
        if (_isOver || Time.GetElapsedTime(_start) > options.MaxPdfTime)
        {
            _isOver = true;
            throw Limit = TooLong();
        }
    }

    /// <summary>Takes bytes that are about to be unpacked.</summary>
    /// <exception cref="IngestException">They are too many for one step.</exception>
    public void Charge(long bytes)
    {
        Check();
        _stepBytes += bytes;
        if (_stepBytes > options.MaxPdfPageBytes)
            throw Refuse($"unpacks to more than {Printable.Bytes(options.MaxPdfPageBytes)}");
    }

    /// <summary>The bytes that this step may still unpack.</summary>
    public long BytesLeft => options.MaxPdfPageBytes - _stepBytes;

    /// <summary>Notes that a limit was met.</summary>
    /// <param name="what">What the step does, to go between its name and the advice.</param>
    public IngestException Refuse(string what) =>
        Limit = new IngestException(SkipKind.Limit, $"{Step} {what}, so that it was left out: take its text out of it yourself.");

    /// <summary>The error for a file that took too long.</summary>
    public IngestException TooLong() =>
        new(SkipKind.Limit, $"{_file} took longer than {options.MaxPdfTime.TotalSeconds:0.###} seconds to read: it was left out; split it, or take its text out of it yourself.");

    /// <summary>Ends it: the library, if it still works somewhere, stops at its next door.</summary>
    public void End() => _isOver = true;

    /// <inheritdoc/>
    public void Debug(string message) => Check();

    /// <inheritdoc/>
    public void Debug(string message, Exception ex) => Check();

    /// <inheritdoc/>
    public void Warn(string message) => Check();

    /// <inheritdoc/>
    public void Error(string message) => Check();

    /// <inheritdoc/>
    public void Error(string message, Exception ex) => Check();
}
