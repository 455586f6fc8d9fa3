using Recite.Indexing;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>
/// Judges outputs that already exist: each is an attempt, and the question is whether it holds a corpus match of at least
/// <c>match.minLength</c> after the prompt discount. Nothing is drawn, so the rate is one of these outputs alone.
/// </summary>
public sealed class RecordedProbe : IProbe
{
    /// <inheritdoc/>
    public string Name => "recorded";

    /// <inheritdoc/>
    public async Task<ProbePlan> PlanAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        if (context.Target is not IRecordedTarget recorded)
            throw new ReciteException($"The probe 'recorded' judges outputs that exist, and {context.Target.Id} has none; use the probe 'prefix' or a 'replay:' target.");

        int most = context.Config.Limit ?? int.MaxValue;
        var attempts = new List<PlannedAttempt>();
        bool promptMissing = false;
        await foreach (RecordedOutput output in recorded.ReadOutputsAsync(cancellationToken))
        {
            if (attempts.Count == most)
                break;
            promptMissing |= output.Prompt.Length == 0;
            attempts.Add(new PlannedAttempt
            {
                Ordinal = -1,
                Id = output.Id,
                Arm = Name,
                Probe = Name,
                Sample = output.Id,
                Prompt = output.Prompt,
                MaxTokens = int.MaxValue,
            });
        }

        if (attempts.Count == 0)
            throw new ReciteException($"{context.Target.Id} holds no output to judge.");

        List<string> notes = ["The outputs were made elsewhere: how they were sampled is not known, and their rate says nothing about others."];
        if (promptMissing)
            notes.Add("Some outputs were recorded without their prompt: what they share with it could not be discounted.");
        return new ProbePlan(attempts, [], notes);
    }

    /// <inheritdoc/>
    public AttemptOutcome Judge(PlannedAttempt attempt, Completion completion, ProbeContext context, CancellationToken cancellationToken) =>
        CompletionJudge.Judge(attempt, completion, context, cancellationToken);
}
