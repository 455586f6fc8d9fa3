using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary>A run in the words of the command line.</summary>
internal static class RunJson
{
    /// <summary>The run as JSON.</summary>
    public static JsonObject Of(RunListing run) => new()
    {
        ["id"] = run.Id,
        ["state"] = State(run),
        ["target"] = run.Header?.Target,
        ["corpus"] = run.Header?.Corpus,
        ["started"] = run.Header is { } header ? Time(header.Started) : null,
        ["finished"] = run.Finished is { } finished ? Time(finished) : null,
        ["planned"] = run.Planned,
        ["done"] = run.Done,
        ["errors"] = run.Errors,
        ["scored"] = run.Scored,
        ["problem"] = run.Problem,
    };

    /// <summary><c>finished</c>, <c>unfinished</c> or <c>unreadable</c>.</summary>
    public static string State(RunListing run) => run switch
    {
        { Problem: not null } => "unreadable",
        { Finished: not null } => "finished",
        _ => "unfinished",
    };

    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
