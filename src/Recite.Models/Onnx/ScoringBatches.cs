using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>Cuts a list of score requests into consecutive batches; padding behind the end disturbs no causal model, so lengths may mix.</summary>
internal static class ScoringBatches
{
    /// <summary>The windows, in order; those that cannot be scored stand among the others.</summary>
    public static IEnumerable<IReadOnlyList<ScoringWindow>> Build(IReadOnlyList<ScoreRequest> requests, PromptReader reader, BatchLimits limits)
    {
        var batch = new List<ScoringWindow>(limits.Rows);
        int longest = 0;
        foreach (ScoreRequest request in requests)
        {
            ScoringWindow window = reader.Read(request);
            longest = Math.Max(longest, window.Tokens.Count);
            if (batch.Count == limits.Rows || (batch.Count > 0 && (batch.Count + 1L) * longest > limits.PromptCells))
            {
                yield return batch;
                batch = new List<ScoringWindow>(limits.Rows);
                longest = window.Tokens.Count;
            }

            batch.Add(window);
        }

        if (batch.Count > 0) yield return batch;
    }
}
