using Recite.Runs;
using Recite.Targets;

namespace Recite.Scores;

/// <summary>One teacher-forced pass that an audit makes.</summary>
/// <param name="Attempt">The first attempt of the sample; its ordinal names the pass in the run file.</param>
/// <param name="Context">What stands before the suffix: <see cref="Window"/> or <see cref="Document"/>.</param>
/// <param name="Request">What the target is given.</param>
/// <param name="Tokens">What it costs, as far as that is known beforehand.</param>
internal sealed record ScoringPass(PlannedAttempt Attempt, string Context, ScoreRequest Request, long Tokens)
{
    /// <summary>The sample's prefix alone (M1).</summary>
    public const string Window = "window";

    /// <summary>The document from its beginning: another question than <see cref="Window"/>, and never mixed with it.</summary>
    public const string Document = "document";
}
