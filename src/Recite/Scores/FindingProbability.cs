using Recite.Evidence;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Scores;

/// <summary>Puts beside an extraction how probable the target makes it (M13), under the scheme it was sampled with where that was scored.</summary>
internal sealed class FindingProbability(AuditScores scores, SamplingOptions sampling)
{
    private readonly string _scheme = scores.Plan.Schemes.Contains(sampling) ? SchemeName.Of(sampling) : StoredScore.PlainScheme;

    /// <summary>The finding with its probability, where there is one: of a suffix that came back, not of other matches.</summary>
    public Finding AddTo(Finding finding, PlannedAttempt attempt)
    {
        double? logProbability = finding.Kind is FindingMaker.Extraction ? scores.Find(attempt, ScoringPass.Window)?.LogProbability(_scheme) : null;
        return logProbability is { } known && double.IsFinite(known)
            ? finding with { Probability = new Probability(known / Math.Log(10), _scheme) }
            : finding;
    }
}
