using Recite.Lab.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace Recite.Lab.Checks;

/// <summary>A prompt and the tokens that would continue it if the model recited.</summary>
internal sealed record Passage(int[] Prompt, int[] Suffix);

/// <summary>
/// Asks the model in Torch, step by step and without a cache, whether greedy decoding returns each passage's suffix: an
/// answer that owes nothing to the ONNX graph or to the code that runs it.
/// </summary>
internal sealed class GreedyExtraction(Llama model, int batchSize = 64)
{
    /// <summary>For each passage: whether every token of its suffix came back. All passages must have equal lengths.</summary>
    public bool[] Run(IReadOnlyList<Passage> passages)
    {
        var extracted = new bool[passages.Count];
        foreach (int[] batch in Enumerable.Range(0, passages.Count).Chunk(batchSize))
        {
            foreach (int survivor in Survivors([.. batch], passages))
                extracted[survivor] = true;
        }

        return extracted;
    }

    // A passage is settled by its first wrong token, so the batch shrinks to those that still recite.
    private int[] Survivors(int[] alive, IReadOnlyList<Passage> passages)
    {
        using IDisposable noGradients = no_grad();
        for (int step = 0; step < passages[0].Suffix.Length && alive.Length > 0; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            long[] ids = [.. alive.SelectMany(i => passages[i].Prompt.Concat(passages[i].Suffix[..step])).Select(id => (long)id)];
            Tensor logits = model.Forward(tensor(ids, [alive.Length, ids.Length / alive.Length]));
            long[] next = [.. logits.select(1, -1).argmax(-1).data<long>()];
            alive = [.. alive.Where((passage, row) => next[row] == passages[passage].Suffix[step])];
        }

        return alive;
    }
}
