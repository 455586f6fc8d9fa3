using Recite.Membership.Blind;
using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

public sealed class BlindGateRowTest
{
    [Fact]
    public async Task The_real_gate_holds()
    {
        RowMeasure measure = await MeasureAsync(new BlindGateRow(draws: 20));
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task A_gate_that_looks_at_the_estimate_alone_fails()
    {
        RowMeasure measure = await MeasureAsync(new BlindGateRow(
            (members, nonMembers, seed) =>
            {
                BlindVerdict verdict = BlindGate.Judge(members, nonMembers, seed, 0.95);
                return verdict with { IsOpen = verdict.Results.All(r => Math.Abs(r.Estimate.Auc - 0.5) < BlindGate.Limit) };
            },
            draws: 80,
            largest: 200));
        Assert.False(measure.Holds, measure.Measured);
        Assert.DoesNotContain("240 of 240 at 25", measure.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gate_with_one_baseline_fails()
    {
        RowMeasure measure = await MeasureAsync(new BlindGateRow(
            (members, nonMembers, seed) =>
            {
                BlindVerdict verdict = BlindGate.Judge(members, nonMembers, seed, 0.95);
                return verdict with { IsOpen = verdict.Results[0].Estimate.FarthestFromChance < BlindGate.Limit };
            },
            draws: 40));
        Assert.False(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task A_gate_that_never_opens_fails()
    {
        RowMeasure measure = await MeasureAsync(new BlindGateRow((_, _, _) => new BlindVerdict(false, [], "no"), draws: 4, largest: 50));
        Assert.False(measure.Holds, measure.Measured);
    }

    private static async Task<RowMeasure> MeasureAsync(BlindGateRow row)
    {
        using var scene = new RowScene("a document that is there because an index holds at least one");
        return await row.MeasureAsync(scene.Context, TestContext.Current.CancellationToken);
    }
}
