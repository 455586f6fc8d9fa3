using Recite.Runs;
using Recite.Tests.Fakes;
using static Recite.Tests.Auditing.AuditScene;

namespace Recite.Tests.Runs;

public sealed class RunPaceTest
{
    [Fact]
    public async Task Is_that_of_the_newest_finished_run_of_the_same_target()
    {
        using var audit = new SmallAudit(Corpus);
        Assert.Null(RunPace.Find(audit.Runs, "fake:memorizing"));
        int asked = 0;
        AuditPlan before = await AuditPipeline.PlanAsync(audit.Inputs(new MemorizingTarget(Often)), TestContext.Current.CancellationToken);
        Assert.Null(before.Pace);

        await audit.RunAsync(new MemorizingTarget(Often) { BeforeAnswer = _ => { if (++asked <= 40) audit.Time.Advance(TimeSpan.FromSeconds(2)); } });
        RunPace pace = RunPace.Find(audit.Runs, "fake:memorizing")!;
        Assert.Equal(2, pace.SecondsPerAttempt, 6);
        Assert.Null(RunPace.Find(audit.Runs, "fake:other"));
        Assert.Equal(pace, (await AuditPipeline.PlanAsync(audit.Inputs(new MemorizingTarget(Often)), TestContext.Current.CancellationToken)).Pace);
    }
}
