using Recite.Reporting;

namespace Recite.Cli.Commands;

/// <summary>What a report means for the exit code.</summary>
internal static class AuditVerdict
{
    /// <summary>Failed attempts make every number doubtful, a spent budget makes them partial; only then do gates speak.</summary>
    public static int ExitCode(AuditReport report, bool inconclusiveFails)
    {
        if (report.ErrorShare > AuditPipeline.MostErrors)
            return ExitCodes.TooManyErrors;
        if (!report.Run.Complete)
            return ExitCodes.BudgetSpent;
        return report.Gates.Any(gate => gate.Verdict is "fail" || (inconclusiveFails && gate.Verdict is "inconclusive"))
            ? ExitCodes.GateFailed
            : ExitCodes.Ok;
    }
}
