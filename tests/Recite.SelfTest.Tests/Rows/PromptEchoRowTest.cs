using Recite.Config;
using Recite.Probes;
using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

public sealed class PromptEchoRowTest : IDisposable
{
    private static readonly PrefixProbe s_probe = new(new PrefixProbeConfig());
    private readonly RowScene _scene = new(Enumerable.Range(0, 12).Select(Text));

    [Fact]
    public async Task The_real_judge_holds()
    {
        RowMeasure measure = await MeasureAsync(new PromptEchoRow());
        Assert.True(measure.Holds, measure.Measured);
        Assert.StartsWith("24 of 24 full echoes", measure.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judge_without_a_discount_fails()
    {
        RowMeasure measure = await MeasureAsync(new PromptEchoRow((attempt, completion, context, stop) => s_probe.Judge(attempt with { Prompt = "" }, completion, context, stop)));
        Assert.False(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task A_judge_that_throws_the_rest_away_with_the_echo_fails()
    {
        RowMeasure measure = await MeasureAsync(new PromptEchoRow((attempt, completion, context, stop) =>
        {
            AttemptOutcome outcome = s_probe.Judge(attempt, completion, context, stop);
            return outcome.Matches.Any(m => m.DiscountedCharacters > 0) ? outcome with { Matches = [], LongestCharacters = 0, LongestWords = 0 } : outcome;
        }));
        Assert.False(measure.Holds, measure.Measured);
        Assert.StartsWith("24 of 24 full echoes", measure.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corpus_without_a_passage_to_echo_does_not_pass()
    {
        using var empty = new RowScene("too short to be a passage, and the only document that there is in it");
        RowMeasure measure = await new PromptEchoRow().MeasureAsync(empty.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }

    public void Dispose() => _scene.Dispose();

    private static string Text(int seed)
    {
        var random = new Random(seed);
        return string.Join(' ', Enumerable.Range(0, 100).Select(_ => string.Concat(Enumerable.Range(0, 3 + random.Next(6)).Select(_ => (char)('a' + random.Next(26))))));
    }

    private Task<RowMeasure> MeasureAsync(PromptEchoRow row) => row.MeasureAsync(_scene.Context, TestContext.Current.CancellationToken);
}
