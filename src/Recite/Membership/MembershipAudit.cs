using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing.Text;
using Recite.Probes;
using Recite.Targets;

namespace Recite.Membership;

/// <summary>What an audit says of membership.</summary>
/// <param name="Estimates">At most one, for <c>estimates[]</c>.</param>
/// <param name="Notes">What a reader must know of it.</param>
/// <param name="Tokens">Tokens that target and baseline read for it.</param>
public sealed record MembershipOutcome(IReadOnlyList<JsonObject> Estimates, IReadOnlyList<string> Notes, long Tokens)
{
    /// <summary>Nothing was asked for.</summary>
    public static MembershipOutcome None { get; } = new([], [], 0);

    internal static MembershipOutcome NotRun(string reason) => new([], [$"Membership inference was not run: {reason}"], 0);
}

/// <summary>The membership section of an audit: draws the windows, has them scored, measures. Asked for with <c>membership:</c>.</summary>
internal sealed class MembershipAudit(AuditInputs inputs, ProbeContext context)
{
    private const double Confidence = 0.95;

    /// <summary>Runs it; whatever stands in its way is a note and no error, since the rest of the audit does not depend on it.</summary>
    public async Task<MembershipOutcome> RunAsync(CancellationToken cancellationToken)
    {
        if (context.Config.Membership is not { } config)
            return MembershipOutcome.None;
        if (FindObstacle(config) is { } obstacle)
            return MembershipOutcome.NotRun(obstacle);

        var windows = new MembershipWindows(context, inputs.HeldOut, config);
        IReadOnlyList<Sample> members = windows.DrawMembers(cancellationToken);
        IReadOnlyList<Sample> others = windows.DrawNonMembers(cancellationToken);
        if (members.Count == 0 || others.Count == 0)
            return MembershipOutcome.NotRun($"no {(members.Count == 0 ? "document of the corpus" : "held-out document without text of the corpus")} is as long as 'membership.window: {config.Window}'.");

        Sample[] all = [.. members, .. others];
        SuffixScore?[] scores = await ScoreAsync(inputs.Target, all, withMoments: true, cancellationToken);
        SuffixScore?[] reference = inputs.Baseline is { Capabilities.Scoring: true } baseline
            ? await ScoreAsync(baseline, all, withMoments: false, cancellationToken)
            : new SuffixScore?[all.Length];

        MembershipSample[] samples = [.. Enumerable.Range(0, all.Length).Where(i => scores[i] is not null).Select(i => new MembershipSample(all[i].Prefix + all[i].Suffix, i < members.Count, scores[i]!, reference[i]))];
        if (!samples.Any(s => s.IsMember) || samples.All(s => s.IsMember))
            return MembershipOutcome.NotRun($"{inputs.Target.Id} gave no score for the texts of a class.");

        JsonObject estimate = MembershipInference.Measure(samples, new MembershipRules(context.Config.Seed, Confidence, config.MinK));
        estimate["window"] = config.Window.ToString();
        estimate["minK"] = config.MinK;
        long tokens = scores.Concat(reference).Sum(s => (long)(s?.TokenCount ?? 0));
        return new MembershipOutcome([estimate], [.. Notes(estimate, windows.Shared, all.Length - samples.Length)], tokens);
    }

    private string? FindObstacle(MembershipConfig config)
    {
        if (!inputs.Target.Capabilities.Scoring)
            return $"{inputs.Target.Id} gives no log-probabilities of a given text.";
        if (inputs.HeldOut.Count == 0)
            return "non-members are needed; name documents that were never trained on with 'heldOut:'.";
        return inputs.Target.Tokenizer is null && config.Window.Unit == LengthUnit.Tokens
            ? $"the tokenizer of {inputs.Target.Id} is not known, so 'membership.window: {config.Window}' cannot be cut; give it in characters, for instance 250c."
            : null;
    }

    private static IEnumerable<string> Notes(JsonObject estimate, int shared, int failed)
    {
        yield return estimate["refused"]?.GetValue<string>()
            ?? "Membership scores say how the two lists of texts differ under the target; they prove for no text that it was trained on (Zhang et al. 2024). Canaries and extraction do.";
        if (shared > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"No non-members, because they share text with the corpus: {shared} held-out documents.");
        if (failed > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"Left out of membership inference, because the target gave no score: {failed} texts.");
    }

    // By place in the list; a text without a usable score is null.
    private static async Task<SuffixScore?[]> ScoreAsync(ITarget target, Sample[] samples, bool withMoments, CancellationToken cancellationToken)
    {
        ScoreRequest[] requests = [.. samples.Select((sample, i) => Request(target.Tokenizer, sample, i, withMoments))];
        var scores = new SuffixScore?[samples.Length];
        await foreach (SuffixScore score in target.ScoreAsync(requests, cancellationToken))
        {
            bool isUsable = score.Error is null && score.LogProbabilities.Count > 0 && score.LogProbabilities.All(double.IsFinite);
            scores[score.RequestIndex] = isUsable ? score : null;
        }

        return scores;
    }

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
