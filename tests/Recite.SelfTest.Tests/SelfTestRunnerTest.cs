namespace Recite.SelfTest.Tests;

[Collection(BundledTruthTests.Name)]
public sealed class SelfTestRunnerTest(BundledTruth truth)
{
    [Fact]
    public async Task A_row_that_throws_fails_with_one_sentence_and_the_others_still_run()
    {
        List<RowOutcome> outcomes = await RunAsync(
            Row("T1", () => throw new InvalidOperationException("the scale\nbroke")),
            Row("T2", () => new RowMeasure("7 of 7", Holds: true)),
            Row("T3", () => new RowMeasure("6 of 7", Holds: false)),
            new TableRow("T4", "bar", Row: null, "not built"));
        Assert.Equal([RowResult.Fail, RowResult.Pass, RowResult.Fail, RowResult.NotYet], outcomes.Select(outcome => outcome.Result));
        Assert.Equal("It could not be measured: InvalidOperationException: the scale broke.", outcomes[0].Measured);
        Assert.Equal("not built", outcomes[3].Measured);
    }

    [Fact]
    public async Task A_row_that_cancels_itself_is_a_failure_and_no_interruption()
    {
        RowOutcome outcome = Assert.Single(await RunAsync(Row("T1", () => throw new OperationCanceledException("gave up"))));
        Assert.Equal(RowResult.Fail, outcome.Result);
    }

    [Fact]
    public async Task Nothing_is_opened_when_there_is_nothing_to_measure()
    {
        TableRow[] rows = [new("T4", "bar", Row: null, "not built")];
        var outcomes = SelfTestRunner.RunAsync(rows, () => throw new InvalidOperationException("opened"), TimeProvider.System, CancellationToken.None);
        await foreach (RowOutcome outcome in outcomes)
            Assert.Equal(RowResult.NotYet, outcome.Result);
    }

    [Fact]
    public async Task An_interruption_ends_it_between_rows_and_within_one()
    {
        using var interrupted = new CancellationTokenSource();
        TableRow[] rows =
        [
            Row("T1", () => new RowMeasure("1", Holds: true)),
            Row("T2", () =>
            {
                interrupted.Cancel();
                throw new OperationCanceledException(interrupted.Token);
            }),
            Row("T3", () => new RowMeasure("3", Holds: true)),
        ];
        var seen = new List<string>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (RowOutcome outcome in SelfTestRunner.RunAsync(rows, () => Task.FromResult(truth.Context), TimeProvider.System, interrupted.Token))
                seen.Add(outcome.Id);
        });
        Assert.Equal(["T1"], seen);
    }

    private async Task<List<RowOutcome>> RunAsync(params TableRow[] rows)
    {
        var outcomes = new List<RowOutcome>();
        await foreach (RowOutcome outcome in SelfTestRunner.RunAsync(rows, () => Task.FromResult(truth.Context), TimeProvider.System, TestContext.Current.CancellationToken))
            outcomes.Add(outcome);
        return outcomes;
    }

    private static TableRow Row(string id, Func<RowMeasure> measure) => new(id, "bar", new FixedRow(id, measure), Missing: null);

    private sealed class FixedRow(string id, Func<RowMeasure> measure) : ISelfTestRow
    {
        public string Id => id;

        public string Bar => "bar";

        public Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken) => Task.FromResult(measure());
    }
}
