using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Reporting;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Scores;

/// <summary>Every score of an audit, found by sample.</summary>
internal sealed class AuditScores
{
    private readonly Dictionary<(string Arm, string Sample, string Context), SampleScore> _scores = [];

    public AuditScores(ScoringPlan plan, IReadOnlyList<PlannedAttempt> attempts, IReadOnlyList<StoredScore> stored)
    {
        Plan = plan;
        Dictionary<int, PlannedAttempt> byOrdinal = attempts.ToDictionary(a => a.Ordinal);
        foreach (StoredScore score in stored)
        {
            if (!byOrdinal.TryGetValue(score.Ordinal, out PlannedAttempt? attempt))
                continue;
            Tokens += score.Score.TokenCount;
            if (score.Score.Error is null)
                _scores[(attempt.Arm, attempt.Sample, score.Context)] = new SampleScore(attempt, score);
            else
                (Failed, FirstError) = (Failed + 1, FirstError ?? score.Score.Error);
        }

        Done = _scores.Count + Failed;
    }

    /// <summary>What was to be scored.</summary>
    public ScoringPlan Plan { get; }

    /// <summary>Passes with a result, failed ones included.</summary>
    public int Done { get; }

    /// <summary>Passes without a score.</summary>
    public int Failed { get; }

    /// <summary>Why the first of them has none.</summary>
    public string? FirstError { get; }

    /// <summary>Tokens of all passes that were made.</summary>
    public long Tokens { get; }

    /// <summary>Passes of the plan.</summary>
    public int Planned => Plan.OfTarget.Count + Plan.OfBaseline.Count;

    /// <summary>Whether every pass has been made.</summary>
    public bool IsComplete => Done >= Planned;

    /// <summary>The score of a sample; <see langword="null"/> where there is none.</summary>
    public SampleScore? Find(PlannedAttempt attempt, string context) => _scores.GetValueOrDefault((attempt.Arm, attempt.Sample, context));

    /// <summary>The scores of an arm in the order of the plan.</summary>
    public IReadOnlyList<SampleScore> OfArm(string arm, string context) =>
    [
        .. _scores.Where(pair => string.Equals(pair.Key.Arm, arm, StringComparison.Ordinal) && string.Equals(pair.Key.Context, context, StringComparison.Ordinal))
            .Select(pair => pair.Value)
            .OrderBy(score => score.Attempt.Ordinal),
    ];

    /// <summary>How samples were scored, for <c>estimates[]</c>; nothing where none were.</summary>
    public IEnumerable<JsonObject> Describe(ITokenizer? tokenizer)
    {
        if (Planned == 0)
            yield break;
        yield return new JsonObject
        {
            ["name"] = "scoring",
            ["schemes"] = new JsonArray([.. Plan.Schemes.Select(scheme => JsonValue.Create(SchemeName.Of(scheme)))]),
            ["beginningOfText"] = tokenizer switch
            {
                { BeginningOfText: { } token } => string.Create(CultureInfo.InvariantCulture, $"token {token}"),
                { } => "none",
                null => "unknown",
            },
            ["passes"] = Planned,
            ["scored"] = _scores.Count,
            ["failed"] = Failed,
            ["tokens"] = Tokens,
        };
    }

    /// <summary>What a reader must know of the scoring.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (string note in Plan.Notes)
            yield return note;
        if (Failed > 0)
            yield return $"Could not be scored, and left out of what is computed from scores: {Counted.Of(Failed, "window")} of {Planned}; '--retry-errors' scores them again. The first: {FirstError}";
        if (!IsComplete)
            yield return $"Scoring is not complete: {Done} of {Planned} windows were scored before the budget was spent.";
    }
}
