using Microsoft.ML.OnnxRuntime;

namespace Recite.Models.Onnx;

/// <summary>Generates the completions of one batch after the other.</summary>
internal sealed class Generator(CausalDecoder decoder, int vocabularySize, IReadOnlySet<int> endOfText, bool logProbabilities = false)
{
    private readonly TokenSampler _sampler = new(vocabularySize);
    private readonly TokenScorer? _scorer = logProbabilities ? new(vocabularySize) : null;

    /// <summary>Takes every row to its end. Rows that end early wait for the others; what they are fed meanwhile is not looked at.</summary>
    public void Run(IReadOnlyList<GenerationRow> rows, CancellationToken cancellationToken)
    {
        try
        {
            using var batch = new DecoderBatch(decoder, [.. rows.Select(row => row.Prompt)]);
            int[] next = new int[rows.Count];
            Take(batch.Start(cancellationToken), rows, next);
            while (rows.Any(row => !row.HasEnded))
                Take(batch.Advance(next, cancellationToken), rows, next);
        }
        catch (Exception e) when (e is OnnxRuntimeException or OverflowException)
        {
            string error = $"ONNX Runtime failed on this batch ({RuntimeMessage.Shorten(e)}); try a smaller batch or a shorter prompt.";
            foreach (GenerationRow row in rows) row.Fail(error);
        }
    }

    private void Take(LogitsTensor logits, IReadOnlyList<GenerationRow> rows, int[] next)
    {
        using (logits)
        {
            for (int row = 0; row < rows.Count; row++) next[row] = rows[row].Take(logits.AtLast(row), _sampler, _scorer, endOfText);
        }
    }
}
