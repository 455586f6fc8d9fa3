using System.Globalization;
using System.Text;
using Recite.Config;
using Recite.Reporting;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Scores;

/// <summary>
/// Which passes an audit makes: one for every sample that has a suffix, of the probes, the controls and the baseline alike, and one more
/// over the document where that is asked for. It follows from the planned attempts alone, so a resumed audit makes the same.
/// </summary>
internal sealed class ScoringPlan
{
    private readonly AuditConfig _config;
    private readonly FullContext _fullContext;
    private int _insideTokens;
    private int _withoutDocument;

    private ScoringPlan(AuditInputs inputs, AuditConfig config)
    {
        (_config, _fullContext) = (config, new FullContext(inputs.Corpus, inputs.HeldOut));
        Schemes = config.Score.SchemesFor(config.Sampling);
    }

    /// <summary>The schemes that are scored, temperature 1 first.</summary>
    public IReadOnlyList<SamplingOptions> Schemes { get; }

    /// <summary>Passes of the target, in the order of the attempts; those over documents come last.</summary>
    public IReadOnlyList<ScoringPass> OfTarget { get; private set; } = [];

    /// <summary>Passes of the baseline.</summary>
    public IReadOnlyList<ScoringPass> OfBaseline { get; private set; } = [];

    /// <summary>What could not be scored, or not as it was asked.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>Tokens of all passes.</summary>
    public long Tokens => OfTarget.Concat(OfBaseline).Sum(pass => pass.Tokens);

    /// <summary>Draws up the passes; the targets are connected.</summary>
    public static ScoringPlan Make(AuditInputs inputs, AuditConfig config, IReadOnlyList<PlannedAttempt> attempts)
    {
        var plan = new ScoringPlan(inputs, config);
        if (config.Score.Context == ScoreContext.None)
            return plan;

        PlannedAttempt[] samples = [.. attempts.Where(a => a.Suffix is { Length: > 0 } && a.Prompt.Length > 0).DistinctBy(a => (a.Arm, a.Sample))];
        PlannedAttempt[] ofBaseline = [.. samples.Where(AskingSession.IsForBaseline)];
        plan.OfTarget = plan.PassesOf(inputs.Target, [.. samples.Except(ofBaseline)]);
        if (inputs.Baseline is { } baseline)
            plan.OfBaseline = plan.PassesOf(baseline, ofBaseline);
        plan.Notes = plan.MakeNotes(inputs);
        return plan;
    }

    private List<ScoringPass> PassesOf(ITarget target, PlannedAttempt[] samples)
    {
        var passes = new List<ScoringPass>();
        if (!target.Capabilities.Scoring)
            return passes;
        if (_config.Score.Context is not ScoreContext.Document)
            passes.AddRange(samples.Select(sample => WindowOf(sample, target)).OfType<ScoringPass>());
        if (_config.Score.Context is ScoreContext.Document or ScoreContext.Both)
            passes.AddRange(samples.Where(_fullContext.Knows).Select(sample => DocumentOf(sample, target)).OfType<ScoringPass>());
        return passes;
    }

    private ScoringPass? WindowOf(PlannedAttempt attempt, ITarget target)
    {
        if (target.Tokenizer is not { } tokenizer)
        {
            var text = new ScoreRequest([], []) { PrefixText = attempt.Prompt, SuffixText = attempt.Suffix, Schemes = [.. Schemes.Skip(1)] };
            return new ScoringPass(attempt, ScoringPass.Window, text, TokenBudget.Estimate(attempt.Prompt) + TokenBudget.Estimate(attempt.Suffix!));
        }

        if (attempt is { PromptTokens: { Count: > 0 } prefix, SuffixTokens: { Count: > 0 } suffix })
            return Pass(attempt, ScoringPass.Window, target, prefix, suffix);
        if (TokenCut.At(tokenizer.Encode(attempt.Prompt + attempt.Suffix), Encoding.UTF8.GetByteCount(attempt.Prompt)) is { } cut)
            return Pass(attempt, ScoringPass.Window, target, cut.Prefix, cut.Suffix);
        _insideTokens++;
        return null;
    }

    private ScoringPass? DocumentOf(PlannedAttempt attempt, ITarget target)
    {
        if (target.Tokenizer is { } tokenizer && _fullContext.Find(attempt, tokenizer, target.Capabilities.ContextTokens) is { } cut)
            return Pass(attempt, ScoringPass.Document, target, cut.Prefix, cut.Suffix);
        _withoutDocument++;
        return null;
    }

    private ScoringPass Pass(PlannedAttempt attempt, string context, ITarget target, IReadOnlyList<int> prefix, IReadOnlyList<int> suffix)
    {
        int beginning = target.Tokenizer!.BeginningOfText is null ? 0 : 1;
        var request = new ScoreRequest(prefix, suffix) { PrefixText = attempt.Prompt, SuffixText = attempt.Suffix, Schemes = [.. Schemes.Skip(1)] };
        return new ScoringPass(attempt, context, request, beginning + prefix.Count + suffix.Count);
    }

    private List<string> MakeNotes(AuditInputs inputs)
    {
        List<string> notes = [];
        if (OfTarget.Count == 0)
            return notes;
        notes.Add(inputs.Target.Tokenizer switch
        {
            { BeginningOfText: { } token } => string.Create(CultureInfo.InvariantCulture, $"Scored windows begin with the model's beginning-of-text token ({token}), as prompts do."),
            { } => "Scored windows begin with their first token: the model has no beginning-of-text token.",
            null => "Whether scored windows begin with a beginning-of-text token is the server's own affair.",
        });
        if (_insideTokens > 0)
            notes.Add($"Not scored, because prefix and suffix meet inside a token: {Counted.Of(_insideTokens, "sample")}; cut them in tokens (for instance 'prefix: 50t').");
        if (_withoutDocument > 0)
            notes.Add($"Without a full-context score, because the tokenizer is not known, the context is too short or the window is cut otherwise than its document: {Counted.Of(_withoutDocument, "sample")}.");
        if (_config.Sampling.Temperature > 0 && ScoreConfig.HasPenalties(_config.Sampling))
            notes.Add("The scheme of 'sampling' was not scored: with penalties a token's probability depends on what was generated before it.");
        return notes;
    }
}
