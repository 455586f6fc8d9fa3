using System.Text.Json.Nodes;
using Recite.Cli.Commands;
using Recite.Gates;
using Recite.Probes;
using Recite.Runs;

namespace Recite.Cli.Tests.Commands;

public sealed class GateNeedsTest
{
    [Fact]
    public void Says_how_many_samples_each_gate_needs_beside_how_many_are_planned()
    {
        PlannedAttempt[] attempts = [.. Enumerable.Range(0, 6).Select(i => new PlannedAttempt { Ordinal = i, Id = $"a{i}", Arm = i < 4 ? "prefix" : "held-out", Probe = "prefix", Sample = $"s{i / 2}", Prompt = "p", MaxTokens = 1, Seed = 1 })];
        var facts = new PlanFacts(
            new Dictionary<string, IReadOnlyList<StratumPopulation>> { ["prefix"] = [new StratumPopulation("1", 10)] },
            [],
            new Dictionary<string, IReadOnlyList<Recite.Reporting.ControlNotRun>>());
        JsonArray needs = GateNeeds.Describe([Gate.Parse("extraction-rate <= 1%"), Gate.ParseForbidden("longest >= 50w")], new AuditPlan(attempts, new PlannedCost(0, 1, 0, 0) { Most = 1 }, facts));

        Assert.Equal((2, 368, 0.005, 1573), ((int)needs[0]!["samplesPlanned"]!, (int)needs[0]!["samplesToPassAtNoHit"]!, (double)needs[0]!["assumedRate"]!, (int)needs[0]!["samplesToPassAtAssumedRate"]!));
        Assert.Null(needs[1]!["samplesToPassAtNoHit"]);
        Assert.Equal(
            [
                ["gate", "extraction-rate <= 1%: needs 368 samples without a hit to pass, and 1,573 at a true rate of 0.5 %; planned are 2. It cannot pass on this corpus, which holds about 10 samples of this kind"],
                ["gate", "not (longest >= 50w): is not decided by a number of samples"],
            ],
            GateNeeds.Rows(needs));
    }
}
