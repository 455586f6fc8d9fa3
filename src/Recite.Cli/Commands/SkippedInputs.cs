using System.Text.Json;
using Recite.Cli.Terminal;
using Recite.Ingest;

namespace Recite.Cli.Commands;

/// <summary>Counts what could not be read, says the first ones, and lists all of them in a file where one was asked for.</summary>
internal sealed class SkippedInputs : IDisposable
{
    private const int MostSaid = 20;

    private readonly CommandTerminal _terminal;
    private readonly string? _path;
    private readonly StreamWriter? _file;
    private long _count;

    /// <summary>Begins to count; the file, if any, is opened now, so that a wrong path is known before the work.</summary>
    public SkippedInputs(CommandTerminal terminal, string? path)
    {
        _terminal = terminal;
        _path = path;
        _file = path is null ? null : new StreamWriter(path) { NewLine = "\n" };
    }

    /// <summary>How many there were.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Takes one; from one thread at a time.</summary>
    public void Add(SkippedInput skipped)
    {
        if (Interlocked.Increment(ref _count) <= MostSaid)
            _terminal.Say($"skipped: {skipped.Reason}");
        _file?.WriteLine(JsonSerializer.Serialize(new
        {
            input = skipped.Input,
            line = skipped.Line,
            kind = JsonNamingPolicy.CamelCase.ConvertName(skipped.Kind.ToString()),
            reason = skipped.Reason,
        }));
    }

    /// <summary>Says how many were not said.</summary>
    public void Finish()
    {
        _file?.Flush();
        if (Count <= MostSaid)
            return;

        string where = _path is null ? "list them with --skipped FILE.jsonl" : $"all are listed in {_path}";
        _terminal.Say($"{Wording.Count(Count - MostSaid)} more were skipped; {where}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
