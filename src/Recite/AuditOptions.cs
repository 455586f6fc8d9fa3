using Recite.Reporting;

namespace Recite;

/// <summary>How this one command runs the audit; nothing here changes what is asked.</summary>
public sealed record AuditOptions
{
    /// <summary>The run to continue, by id or a beginning of it; <see langword="null"/> continues an unfinished run of the same audit or starts one.</summary>
    public string? Resume { get; init; }

    /// <summary>Whether attempts that ended in an error are asked again; an old result stays until the new one is no error.</summary>
    public bool RetryErrors { get; init; }

    /// <summary>Rules that must not hold, besides the gates of the configuration.</summary>
    public IReadOnlyList<string> FailOn { get; init; } = [];

    /// <summary>The product's version, for the report.</summary>
    public string Version { get; init; } = "0.0.0";

    /// <summary>The command that gives the same numbers again, for the report.</summary>
    public string Command { get; init; } = "recite audit";

    /// <summary>
    /// What is done with the report before the run counts as finished; an audit that is killed while its reports are written is then
    /// continued by the same command, not begun anew. <see langword="null"/> does nothing.
    /// </summary>
    public Func<AuditReport, CancellationToken, Task>? Deliver { get; init; }
}
