using Recite.Probes;
using Recite.Runs;
using Recite.Targets;
using Recite.Tests.Fakes;

namespace Recite.Tests.Mistakes;

/// <summary>Judges a reply as an audit does; the target is one that cannot be asked.</summary>
internal static class JudgedReply
{
    public static AttemptOutcome Judge(SmallAudit audit, string prompt, string? suffix, string reply)
    {
        var attempt = new PlannedAttempt { Ordinal = 0, Id = "a", Arm = "prefix", Probe = "prefix", Sample = "s", Prompt = prompt, Suffix = suffix, MaxTokens = 500 };
        var completion = new Completion { RequestIndex = 0, Disposition = Disposition.Completed, Text = reply };
        var never = new MemorizingTarget([]) { BeforeAnswer = _ => throw new InvalidOperationException("A judge asks nobody.") };
        return CompletionJudge.Judge(attempt, completion, audit.Probing(never), TestContext.Current.CancellationToken);
    }
}
