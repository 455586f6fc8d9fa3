using System.Globalization;
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
    public Task<ProbePlan> PlanAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        if (context.Target is not IRecordedOutputs recorded)
            throw new ReciteException($"The probe 'recorded' judges outputs that exist, and {context.Target.Id} has none; use the probe 'prefix' or a 'replay:' target.");

        var attempts = new List<PlannedAttempt>();
        var copies = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (RecordedOutput output in recorded.Records.Take(context.Config.Limit ?? int.MaxValue))
        {
            // A second output of the same id is told apart as documents are; its target counts the same way.
            int copy = copies[output.Id] = copies.GetValueOrDefault(output.Id) + 1;
            string id = copy == 1 ? output.Id : string.Create(CultureInfo.InvariantCulture, $"{output.Id}~{copy}");
            attempts.Add(new PlannedAttempt
            {
                Ordinal = -1,
                Id = id,
                Arm = Name,
                Probe = Name,
                Sample = id,
                Prompt = output.Prompt,
                MaxTokens = int.MaxValue,
            });
        }

        if (attempts.Count == 0)
            throw new ReciteException($"{context.Target.Id} holds no output to judge.");

        List<string> notes = ["The outputs were made elsewhere: how they were sampled is not known, and their rate says nothing about others."];
        if (copies.Values.Any(count => count > 1))
            notes.Add("Some outputs were recorded under the same id; the second is called ID~2, the third ID~3.");
        if (attempts.Exists(a => a.Prompt.Length == 0))
            notes.Add("Some outputs were recorded without their prompt: what they share with it could not be discounted.");
        return Task.FromResult(new ProbePlan(attempts, [], notes));
    }

    /// <inheritdoc/>
    public AttemptOutcome Judge(PlannedAttempt attempt, Completion completion, ProbeContext context, CancellationToken cancellationToken) =>
        CompletionJudge.Judge(attempt, completion, context, cancellationToken);
}
