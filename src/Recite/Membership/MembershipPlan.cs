using System.Text;
using Recite.Config;
using Recite.Indexing.Text;
using Recite.Probes;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Membership;

/// <summary>
/// What membership inference has scored: the texts and one pass of each over the target, and one over the baseline where it scores. It
/// follows from configuration, corpus and held-out documents alone.
/// </summary>
internal sealed class MembershipPlan
{
    private MembershipPlan(string? obstacle) => Obstacle = obstacle;

    /// <summary>Why it cannot run, in one sentence; <see langword="null"/> where it can.</summary>
    public string? Obstacle { get; }

    /// <summary>The texts, members first.</summary>
    public IReadOnlyList<Sample> Samples { get; private init; } = [];

    /// <summary>How many of <see cref="Samples"/> are members.</summary>
    public int Members { get; private init; }

    /// <summary>Held-out documents that were left out because they share text with the corpus.</summary>
    public int Shared { get; private init; }

    /// <summary>The target's requests, in the order of <see cref="Samples"/>.</summary>
    public IReadOnlyList<ScoreRequest> OfTarget { get; private init; } = [];

    /// <summary>The baseline's requests; none where there is no baseline or it gives no scores.</summary>
    public IReadOnlyList<ScoreRequest> OfBaseline { get; private init; } = [];

    /// <summary>What each pass costs in tokens, those of the target first.</summary>
    public IReadOnlyList<long> Costs { get; private init; } = [];

    /// <summary>Bytes of all texts that are passed: the most tokens they can be where no tokenizer is known.</summary>
    public long Bytes => OfTarget.Concat(OfBaseline).Sum(r => (long)Encoding.UTF8.GetByteCount(r.PrefixText!) + Encoding.UTF8.GetByteCount(r.SuffixText!));

    /// <summary>Draws the texts and cuts the passes; the targets are connected. <see langword="null"/> where nobody asked for it.</summary>
    public static MembershipPlan? Make(AuditInputs inputs, ProbeContext context, CancellationToken cancellationToken)
    {
        if (context.Config.Membership is not { } config)
            return null;
        if (FindObstacle(inputs, config) is { } obstacle)
            return new MembershipPlan(obstacle);

        var windows = new MembershipWindows(context, inputs.HeldOut, config);
        IReadOnlyList<Sample> members = windows.DrawMembers(cancellationToken);
        IReadOnlyList<Sample> others = windows.DrawNonMembers(cancellationToken);
        if (members.Count == 0 || others.Count == 0)
            return new MembershipPlan($"no {(members.Count == 0 ? "document of the corpus" : "held-out document without text of the corpus")} is as long as 'membership.window: {config.Window}'.");

        Sample[] all = [.. members, .. others];
        ScoreRequest[] ofTarget = [.. all.Select((sample, i) => Request(inputs.Target.Tokenizer, sample, i, withMoments: true))];
        ITarget? baseline = inputs.Baseline is { Capabilities.Scoring: true } scoring ? scoring : null;
        ScoreRequest[] ofBaseline = baseline is null ? [] : [.. all.Select((sample, i) => Request(baseline.Tokenizer, sample, i, withMoments: false))];
        return new MembershipPlan(obstacle: null)
        {
            Samples = all,
            Members = members.Count,
            Shared = windows.Shared,
            OfTarget = ofTarget,
            OfBaseline = ofBaseline,
            Costs = [.. ofTarget.Select(r => Cost(inputs.Target.Tokenizer, r)), .. ofBaseline.Select(r => Cost(baseline!.Tokenizer, r))],
        };
    }

    private static string? FindObstacle(AuditInputs inputs, MembershipConfig config)
    {
        if (!inputs.Target.Capabilities.Scoring)
            return $"{inputs.Target.Id} gives no log-probabilities of a given text.";
        if (inputs.HeldOut.Count == 0)
            return "non-members are needed; name documents that were never trained on with 'heldOut:'.";
        return inputs.Target.Tokenizer is null && config.Window.Unit == LengthUnit.Tokens
            ? $"the tokenizer of {inputs.Target.Id} is not known, so 'membership.window: {config.Window}' cannot be cut; give it in characters, for instance 250c."
            : null;
    }

    // As other scoring passes are counted: with the beginning-of-text token that the target puts first.
    private static long Cost(ITokenizer? tokenizer, ScoreRequest request) => tokenizer is null
        ? TokenBudget.Estimate(request.PrefixText!) + TokenBudget.Estimate(request.SuffixText!)
        : (tokenizer.BeginningOfText is null ? 0 : 1) + request.Prefix.Count + request.Suffix.Count;

    // The tokens of the sample's own tokenization where they mean the same to this model; its own ones where they do not.
    private static ScoreRequest Request(ITokenizer? tokenizer, Sample sample, int index, bool withMoments)
    {
        IReadOnlyList<int> prefix = tokenizer is null ? [] : [.. tokenizer.Encode(sample.Prefix).Select(t => t.Id)];
        IReadOnlyList<int> suffix = tokenizer is null ? [] : [.. tokenizer.Encode(sample.Suffix).Select(t => t.Id)];
        if (tokenizer is not null && sample.Window is { PrefixTokens: { } first, SuffixTokens: { } rest })
        {
            IEnumerable<int> own = tokenizer.Encode(sample.Prefix + sample.Suffix).Select(t => t.Id);
            if (own.SequenceEqual([.. first, .. rest]))
                (prefix, suffix) = (first, rest);
        }

        return new ScoreRequest(prefix, suffix) { Index = index, PrefixText = sample.Prefix, SuffixText = sample.Suffix, WithMoments = withMoments };
    }
}
