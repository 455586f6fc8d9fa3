using CsCheck;
using Recite.Models.Onnx;

namespace Recite.Models.Tests.Onnx;

public sealed class BatchPlanTest
{
    private static readonly Gen<BatchLoad[]> s_loads =
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60]).Where((prompt, added) => prompt + added <= 64).Select((prompt, added) => new BatchLoad(prompt, added)).Array[0, 40];

    private static readonly Gen<BatchLimits> s_limits =
        Gen.Select(Gen.Int[1, 9], Gen.Bool, Gen.OneOf<int?>(null, 64), Gen.Long[1, 200]).Select((rows, mixes, context, cells) => new BatchLimits(rows, mixes, context, cells));

    [Fact]
    public void Every_request_is_in_one_batch_that_keeps_every_limit() => Gen.Select(s_loads, s_limits).Sample((loads, limits) =>
    {
        List<List<int>> batches = BatchPlan.Build(loads, limits);
        Assert.Equal(Enumerable.Range(0, loads.Length), batches.SelectMany(batch => batch).Order());
        foreach (List<int> batch in batches)
        {
            Assert.InRange(batch.Count, 1, limits.Rows);
            Assert.Equal(batch.Order(), batch);
            Assert.Single(batch.Select(i => i / limits.Rows).Distinct());
            int longest = batch.Max(i => loads[i].PromptTokens);
            if (!limits.MixesLengths) Assert.All(batch, i => Assert.Equal(longest, loads[i].PromptTokens));
            if (limits.ContextTokens is { } context) Assert.True(longest + batch.Max(i => loads[i].NewTokens) <= context);
            if (batch.Count > 1) Assert.True(batch.Count * longest <= limits.PromptCells);
        }
    });

    [Fact]
    public void Equal_requests_fill_whole_batches_in_order()
    {
        BatchLoad[] loads = [.. Enumerable.Repeat(new BatchLoad(50, 50), 70)];
        List<List<int>> batches = BatchPlan.Build(loads, new BatchLimits(32, MixesLengths: false, 256, 1 << 20));
        Assert.Equal([32, 32, 6], batches.Select(batch => batch.Count));
        Assert.Equal(Enumerable.Range(0, 70), batches.SelectMany(batch => batch));
    }
}
