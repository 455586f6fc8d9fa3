using Recite.Targets;

namespace Recite.Runs;

/// <summary>How one planned attempt ended.</summary>
/// <param name="Ordinal">Which attempt.</param>
/// <param name="Completion">What came back.</param>
public sealed record AttemptResult(int Ordinal, Completion Completion);
