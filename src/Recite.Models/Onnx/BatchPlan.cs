namespace Recite.Models.Onnx;

/// <summary>How much of a prompt and of new tokens a request brings into a batch.</summary>
internal readonly record struct BatchLoad(int PromptTokens, int NewTokens);

/// <summary>What may share a batch.</summary>
/// <param name="Rows">Most sequences.</param>
/// <param name="MixesLengths">Whether prompts of different lengths may be padded to one.</param>
/// <param name="ContextTokens">Most tokens of a row, padding included, where the model has a limit.</param>
/// <param name="PromptCells">Most rows times prompt tokens, so that the logits of a first pass stay bounded; a single row may have more.</param>
internal sealed record BatchLimits(int Rows, bool MixesLengths, int? ContextTokens, long PromptCells)
{
    // 512 MB of float32 logits.
    private const long MaxLogits = 128L << 20;

    /// <summary>The limits of a model.</summary>
    public static BatchLimits Create(int batchSize, DecoderGraph graph, DecoderTrial trial, int? contextTokens) => new(
        graph.IsSingleRow ? 1 : batchSize, trial.BearsPadding, contextTokens, Math.Max(1, MaxLogits / trial.VocabularySize));
}

/// <summary>
/// Groups requests into batches by their order alone: blocks of consecutive requests, split further where a block would not
/// fit together. The same list always gives the same batches, whatever the timing.
/// </summary>
internal static class BatchPlan
{
    /// <summary>The batches, each a list of positions in <paramref name="loads"/>; every position once.</summary>
    public static List<List<int>> Build(IReadOnlyList<BatchLoad> loads, BatchLimits limits)
    {
        var batches = new List<List<int>>();
        for (int start = 0; start < loads.Count; start += limits.Rows)
        {
            int firstOfBlock = batches.Count;
            for (int i = start; i < Math.Min(start + limits.Rows, loads.Count); i++)
            {
                int home = batches.FindIndex(firstOfBlock, batch => Fits(batch, i, loads, limits));
                if (home >= 0) batches[home].Add(i);
                else batches.Add([i]);
            }
        }

        return batches;
    }

    private static bool Fits(List<int> batch, int candidate, IReadOnlyList<BatchLoad> loads, BatchLimits limits)
    {
        BatchLoad load = loads[candidate];
        if (!limits.MixesLengths && loads[batch[0]].PromptTokens != load.PromptTokens) return false;
        int prompt = Math.Max(load.PromptTokens, batch.Max(i => loads[i].PromptTokens));
        int added = Math.Max(load.NewTokens, batch.Max(i => loads[i].NewTokens));
        // Some graphs cut their mask by the length of the padded row, so that this too must stay inside the context.
        return (limits.ContextTokens is not { } context || prompt + added <= context) && (batch.Count + 1L) * prompt <= limits.PromptCells;
    }
}
