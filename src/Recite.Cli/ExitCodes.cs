namespace Recite.Cli;

/// <summary>What the process tells its caller (contract.md, "Exit codes").</summary>
internal static class ExitCodes
{
    /// <summary>Everything went as asked.</summary>
    public const int Ok = 0;

    /// <summary>A defect of Recite.</summary>
    public const int InternalError = 1;

    /// <summary>Wrong usage, wrong configuration or unreadable input.</summary>
    public const int Usage = 2;

    /// <summary>A gate failed or was inconclusive; a row of the selftest failed; or <c>match --exit-code</c> found something.</summary>
    public const int GateFailed = 3;

    /// <summary>More than 5 % of the attempts ended in an error.</summary>
    public const int TooManyErrors = 4;

    /// <summary>The budget was spent before the work was done.</summary>
    public const int BudgetSpent = 5;

    /// <summary>Interrupted; an audit can be resumed.</summary>
    public const int Interrupted = 130;
}
