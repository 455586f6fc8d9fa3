using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing;
using Recite.Probes;
using Recite.Runs;
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

    /// <summary>False where the token budget was too small for it: a larger one continues the run.</summary>
    public bool IsComplete { get; init; } = true;

    internal static MembershipOutcome NotRun(string reason, long tokens = 0) => new(
        [
            new JsonObject
            {
                ["name"] = "membership",
                ["notRun"] = new JsonArray(new JsonObject { ["score"] = "all", ["reason"] = reason }),
                ["verdict"] = null,
            },
        ],
        [$"Membership inference was not run: {reason}"],
        tokens);
}

/// <summary>The membership section of an audit: has the windows scored, within the budget, and measures. Asked for with <c>membership:</c>.</summary>
internal sealed class MembershipAudit(AuditInputs inputs, ProbeContext context, TokenBudget budget)
{
    private const double Confidence = 0.95;
    private const string Method = "each text scored once; scores are not kept in the run file, so a run that is continued computes them again";

    /// <summary>Runs it; whatever stands in its way is a note and no error, since the rest of the audit does not depend on it.</summary>
    public async Task<MembershipOutcome> RunAsync(CancellationToken cancellationToken)
    {
        if (MembershipPlan.Make(inputs, context, cancellationToken) is not { } plan)
            return MembershipOutcome.None;
        if (plan.Obstacle is { } obstacle)
            return MembershipOutcome.NotRun(obstacle);
        if (budget.CountAffordable(plan.Costs) < plan.Costs.Count)
            return MembershipOutcome.NotRun(BudgetReason(plan)) with { IsComplete = false };

        MembershipConfig config = context.Config.Membership!;
        long before = budget.Spent;
        SuffixScore?[] scores = await ScoreAsync(inputs.Target, plan.OfTarget, plan.Costs, cancellationToken);
        SuffixScore?[] reference = plan.OfBaseline.Count > 0
            ? await ScoreAsync(inputs.Baseline!, plan.OfBaseline, [.. plan.Costs.Skip(plan.OfTarget.Count)], cancellationToken)
            : new SuffixScore?[plan.Samples.Count];
        long tokens = budget.Spent - before;

        MembershipSample[] samples =
        [
            .. plan.Samples.Select((sample, i) => (Sample: sample, Index: i)).Where(s => scores[s.Index] is not null)
                .Select(s => new MembershipSample(s.Sample.Prefix + s.Sample.Suffix, s.Index < plan.Members, scores[s.Index]!, reference[s.Index])),
        ];
        if (!samples.Any(s => s.IsMember) || samples.All(s => s.IsMember))
            return MembershipOutcome.NotRun($"{inputs.Target.Id} gave no score for the texts of a class.", tokens);

        JsonObject estimate = MembershipInference.Measure(samples, new MembershipRules(context.Config.Seed, Confidence, config.MinK) { Cap = Cap(config, plan) });
        estimate["window"] = config.Window.ToString();
        estimate["minK"] = config.MinK;
        estimate["tokens"] = tokens;
        estimate["method"] = Method;
        return new MembershipOutcome([estimate], [.. Notes(estimate, plan.Shared, plan.Samples.Count - samples.Length)], tokens);
    }

    private string BudgetReason(MembershipPlan plan) => string.Create(
        CultureInfo.InvariantCulture,
        $"its {plan.Costs.Count} scoring passes cost about {plan.Costs.Sum()} tokens, and {budget.Left ?? 0} of the token budget are left; the same command with a larger budget continues the run.");

    // What holds the number of texts down, where something does.
    private string? Cap(MembershipConfig config, MembershipPlan plan)
    {
        int most = Math.Min(config.Samples, context.Config.Limit ?? int.MaxValue);
        if (plan.Members < most && plan.Samples.Count - plan.Members < most)
            return null;
        return most < config.Samples
            ? string.Create(CultureInfo.InvariantCulture, $"'limit: {most}' takes no more of each; raise it")
            : string.Create(CultureInfo.InvariantCulture, $"'membership.samples: {most}' takes no more of each; raise it");
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

    // By place in the list; a text without a usable score is null. A failed pass costs nothing, as elsewhere.
    private async Task<SuffixScore?[]> ScoreAsync(ITarget target, IReadOnlyList<ScoreRequest> requests, IReadOnlyList<long> costs, CancellationToken cancellationToken)
    {
        var scores = new SuffixScore?[requests.Count];
        await foreach (SuffixScore score in target.ScoreAsync(requests, cancellationToken))
        {
            int index = score.RequestIndex;
            if (index < 0 || index >= scores.Length)
                throw new ReciteException($"{target.Id} scored a text that was not asked for ({index}); its scores cannot be trusted.");
            if (score.Error is not null)
                continue;
            budget.Spend(score.TokenCount > 0 ? score.TokenCount : costs[index]);
            bool isUsable = score.LogProbabilities.Count > 0 && score.LogProbabilities.All(double.IsFinite);
            scores[index] = isUsable ? score : null;
        }

        return scores;
    }
}
