using Recite.Config;
using Recite.Reporting;
using Recite.Targets;
using Recite.Tests.Fakes;
using static Recite.Tests.Auditing.AuditScene;

namespace Recite.Tests.Mistakes;

/// <summary>
/// A published mistake (section 8 of the measurement document): the share of prompts that stayed safe printed as the share that broke,
/// and a text that came back once in n tries counted as if every try brought it.
/// </summary>
public sealed class Pass_rate_printed_as_attack_rate
{
    private const int Repeat = 4;

    [Fact]
    public async Task A_pass_rate_is_never_printed_as_an_attack_rate()
    {
        using var audit = new SmallAudit(Corpus) { HeldOut = HeldOut(Never) };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Often));

        // 10 of 40 came back: the rate is of what came back, not of the 30 that did not.
        Rate rate = report.Rates.First(r => r is { Name: "extraction", Base: "attempts", Stratum: null });
        Assert.Equal((10, 40, "samples"), (rate.Hits, rate.Trials, rate.Unit));
        Assert.Equal(0.25, rate.Value!.Value, 12);

        // And a model that gives everything back has the rate 1, one that gives nothing back 0.
        Assert.Equal(1, (await audit.RunAsync(new MemorizingTarget(Corpus) { Id = "fake:all" })).Rates[0].Value);
        Assert.Equal(0, (await audit.RunAsync(new MemorizingTarget([]) { Id = "fake:none" })).Rates[0].Value);
    }

    [Fact]
    public async Task A_sample_that_came_back_once_in_four_tries_is_no_rate_of_attempts()
    {
        using SmallAudit audit = Repeated();
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Often) { Change = OnlyTheFirstTry });
        Rate samples = report.Rates.First(r => r is { Name: "extraction", Base: "attempts", Stratum: null });
        Rate attempts = report.Rates.Single(r => r.Name == "extraction-per-attempt");
        Assert.Equal((10, 40, "samples"), (samples.Hits, samples.Trials, samples.Unit));
        Assert.Equal((10, 40 * Repeat, "attempts"), (attempts.Hits, attempts.Trials, attempts.Unit));
        Assert.Equal(samples.Value!.Value / Repeat, attempts.Value!.Value, 12);
        Assert.InRange(attempts.Value.Value, attempts.Low!.Value, attempts.High!.Value);
        Assert.Contains(report.Notes, n => n.Contains("counts as a hit when any of its attempts is one", StringComparison.Ordinal));
        Assert.Equal((0, 20 * Repeat), HitsOf(report.Controls, "extraction-per-attempt", "held-out"));
    }

    // Four copies of one answer prove no more than one: as if they were independent, the interval would be half as wide.
    [Fact]
    public async Task Repeats_of_a_sample_do_not_narrow_the_interval()
    {
        using SmallAudit audit = Repeated();
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Often));
        Rate samples = report.Rates.First(r => r is { Name: "extraction", Base: "attempts", Stratum: null });
        Rate attempts = report.Rates.Single(r => r.Name == "extraction-per-attempt");
        Assert.Equal((samples.Value, samples.Low, samples.High), (attempts.Value, attempts.Low, attempts.High));
    }

    private static SmallAudit Repeated() => new(Corpus)
    {
        HeldOut = HeldOut(Never),
        Config = PlainConfig() with { Probes = [(PrefixProbeConfig)PlainConfig().Probes[0] with { Repeat = Repeat }] },
    };

    private static Completion OnlyTheFirstTry(CompletionRequest request, Completion completion) =>
        request.AttemptId.EndsWith("-1", StringComparison.Ordinal) ? completion : completion with { Text = "Nothing of the kind comes to mind at the moment, I am afraid to say." };
}
