using Recite.Cli.Terminal;

namespace Recite.Cli.Commands;

/// <summary>Shows the progress of an audit.</summary>
internal sealed class AuditProgressReading(IProgress<ProgressReading> progress) : IProgress<AuditProgress>
{
    /// <inheritdoc/>
    public void Report(AuditProgress value) => progress.Report(new ProgressReading(
        value.Done,
        value.Total > 0 ? value.Total : null,
        value.Stage is AuditStage.Scoring ? "window" : "attempt",
        [
            new ProgressFigure("errors", Wording.Count(value.Errors)),
            new ProgressFigure("tokens", Wording.Count(value.Tokens)),
            new ProgressFigure("run", value.RunId ?? "-"),
        ])
    {
        Phase = value.Stage switch
        {
            AuditStage.Planning => "planning",
            AuditStage.Asking => "asking",
            AuditStage.Scoring => "scoring",
            AuditStage.Matching => "matching",
            _ => "measuring",
        },
    });
}
