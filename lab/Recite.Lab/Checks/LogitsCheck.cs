using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Recite.Lab.Formats;
using Recite.Lab.Model;
using TorchSharp;

namespace Recite.Lab.Checks;

/// <summary>
/// Compares the exported graph, run by ONNX Runtime, with the model in Torch: in one piece, in two pieces with the past
/// handed on, and padded at the left beside a longer row.
/// </summary>
internal sealed class LogitsCheck(string folder, Recipe recipe, Llama model, int vocabularyTokens) : IDisposable
{
    public const double Tolerance = 2e-5;

    private const int Tokens = 100;
    private readonly InferenceSession _session = new(Path.Combine(folder, "model.onnx"));

    /// <summary>The largest difference found in any logit; fails when it is not within the tolerance.</summary>
    public static double Require(string folder, Recipe recipe, Llama model, int vocabularyTokens)
    {
        using var check = new LogitsCheck(folder, recipe, model, vocabularyTokens);
        double largest = check.LargestDifference();
        return largest <= Tolerance
            ? largest
            : throw new LabException(FormattableString.Invariant($"{folder}/model.onnx differs from Torch by {largest:E2} in a logit, more than {Tolerance:E2}; the graph and the model disagree."));
    }

    /// <summary>The largest difference found in any logit.</summary>
    public double LargestDifference()
    {
        var random = new SeededRandom(recipe.Seed);
        int[] longRow = [.. Enumerable.Range(0, Tokens).Select(_ => random.Below(vocabularyTokens))];
        int[] shortRow = longRow[..(Tokens / 3)];
        float[] expected = InTorch(longRow);
        float[] expectedShort = InTorch(shortRow);

        Reply whole = Run([longRow], firstReal: [0], past: null);
        double worst = Difference(expected, whole.Logits);

        Reply head = Run([longRow[..40]], firstReal: [0], past: null);
        Reply tail = Run([longRow[40..]], firstReal: [0], past: head);
        worst = Math.Max(worst, Difference(expected, [.. head.Logits, .. tail.Logits]));

        int padding = Tokens - shortRow.Length;
        Reply padded = Run([longRow, [.. new int[padding], .. shortRow]], firstReal: [0, padding], past: null);
        worst = Math.Max(worst, Difference(expected, padded.Logits[..expected.Length]));
        return Math.Max(worst, Difference(expectedShort, padded.Logits[(expected.Length + (padding * vocabularyTokens))..]));
    }

    public void Dispose() => _session.Dispose();

    private float[] InTorch(int[] row)
    {
        using IDisposable noGradients = torch.no_grad();
        using torch.Tensor ids = torch.tensor([.. row.Select(id => (long)id)], [1, row.Length]);
        using torch.Tensor logits = model.Forward(ids);
        return [.. logits.data<float>()];
    }

    private Reply Run(int[][] rows, int[] firstReal, Reply? past)
    {
        int before = past?.Tokens ?? 0;
        int now = rows[0].Length;
        var ids = new DenseTensor<long>([rows.Length, now]);
        var positions = new DenseTensor<long>([rows.Length, now]);
        var mask = new DenseTensor<long>([rows.Length, before + now]);
        for (int row = 0; row < rows.Length; row++)
        {
            for (int i = 0; i < now; i++)
            {
                ids[row, i] = rows[row][i];
                positions[row, i] = Math.Max(0, before + i - firstReal[row]);
            }

            for (int i = firstReal[row]; i < before + now; i++)
                mask[row, i] = 1;
        }

        List<NamedOnnxValue> inputs =
        [
            NamedOnnxValue.CreateFromTensor("input_ids", ids),
            NamedOnnxValue.CreateFromTensor("attention_mask", mask),
            NamedOnnxValue.CreateFromTensor("position_ids", positions),
        ];
        foreach (string name in _session.InputMetadata.Keys.Where(name => name.StartsWith("past_key_values", StringComparison.Ordinal)))
        {
            DenseTensor<float> empty = new([rows.Length, recipe.Heads, 0, recipe.HeadWidth]);
            inputs.Add(NamedOnnxValue.CreateFromTensor(name, past?.Presents[name.Replace("past_key_values", "present", StringComparison.Ordinal)] ?? empty));
        }

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = _session.Run(inputs);
        return new Reply(
            before + now,
            [.. outputs.Single(output => string.Equals(output.Name, "logits", StringComparison.Ordinal)).AsTensor<float>()],
            outputs.Where(output => !string.Equals(output.Name, "logits", StringComparison.Ordinal)).ToDictionary(output => output.Name, output => output.AsTensor<float>().ToDenseTensor(), StringComparer.Ordinal));
    }

    private static double Difference(float[] expected, float[] actual)
    {
        if (expected.Length != actual.Length)
            throw new InvalidOperationException($"Torch returned {expected.Length} logits and ONNX Runtime {actual.Length}.");
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(expected[i] - actual[i]);
            // A NaN compares false with everything and would pass for agreement.
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
        }

        return worst;
    }

    private sealed record Reply(int Tokens, float[] Logits, Dictionary<string, DenseTensor<float>> Presents);
}
