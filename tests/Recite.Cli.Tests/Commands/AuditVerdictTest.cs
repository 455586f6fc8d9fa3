using Recite.Cli.Commands;
using Recite.Reporting;

namespace Recite.Cli.Tests.Commands;

public sealed class AuditVerdictTest
{
    [Fact]
    public void All_gates_passed_is_0() => Assert.Equal(0, AuditVerdict.ExitCode(Report(gates: ["pass", "pass"]), inconclusiveFails: true));

    [Fact]
    public void A_failed_gate_is_3() => Assert.Equal(3, AuditVerdict.ExitCode(Report(gates: ["pass", "fail"]), inconclusiveFails: false));

    [Fact]
    public void An_inconclusive_gate_is_3_unless_it_may_pass()
    {
        Assert.Equal(3, AuditVerdict.ExitCode(Report(gates: ["inconclusive"]), inconclusiveFails: true));
        Assert.Equal(0, AuditVerdict.ExitCode(Report(gates: ["inconclusive"]), inconclusiveFails: false));
    }

    [Fact]
    public void A_spent_budget_is_5_whatever_the_gates_say_of_the_rest() =>
        Assert.Equal(5, AuditVerdict.ExitCode(Report(complete: false, gates: ["fail"]), inconclusiveFails: true));

    [Fact]
    public void More_than_five_percent_of_errors_is_4_and_five_percent_is_not()
    {
        Assert.Equal(0, AuditVerdict.ExitCode(Report(errors: 5), inconclusiveFails: true));
        Assert.Equal(4, AuditVerdict.ExitCode(Report(errors: 6, complete: false), inconclusiveFails: true));
    }

    private static AuditReport Report(int errors = 0, bool complete = true, params string[] gates) => new()
    {
        Run = new RunSummary("r", "", "", 7, "0", complete),
        Target = new TargetSummary("t", "local", null),
        Corpus = new CorpusSummary("c", "", 0, 0),
        Config = [],
        Rates = [],
        Findings = [],
        Controls = [],
        ControlsNotRun = [],
        Curves = [],
        Duplicates = [],
        Dispositions = new Dictionary<string, int>(StringComparer.Ordinal) { ["error"] = errors },
        Cost = new CostSummary(100, 0, null, 0),
        Gates = [.. gates.Select(verdict => new GateResult("g", verdict, null, null, null))],
        Notes = [],
        Reproduce = new Reproduction("recite", []),
    };
}
