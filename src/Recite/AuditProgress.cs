namespace Recite;

/// <summary>What an audit is busy with.</summary>
public enum AuditStage
{
    /// <summary>Drawing samples and making prompts.</summary>
    Planning,

    /// <summary>Asking the target.</summary>
    Asking,

    /// <summary>Scoring the samples.</summary>
    Scoring,

    /// <summary>Looking completions up in the corpus.</summary>
    Matching,

    /// <summary>Measuring and writing down.</summary>
    Measuring,
}

/// <summary>How far an audit is.</summary>
/// <param name="Stage">What it is busy with.</param>
/// <param name="Done">Attempts done in this stage, those of earlier sessions included.</param>
/// <param name="Total">Attempts in all; 0 while it is not known.</param>
/// <param name="Errors">Attempts that ended in an error.</param>
/// <param name="Tokens">Tokens spent.</param>
/// <param name="RunId">The run; <see langword="null"/> before there is one.</param>
public sealed record AuditProgress(AuditStage Stage, int Done, int Total, int Errors, long Tokens, string? RunId);
