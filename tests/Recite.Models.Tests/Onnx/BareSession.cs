using Microsoft.ML.OnnxRuntime;

namespace Recite.Models.Tests.Onnx;

/// <summary>
/// The bundled model through ONNX Runtime with nothing of ours between: one sequence, no batch, no padding, no cache carried
/// on. Knows the shape of this one model; the oracle of the target's tests.
/// </summary>
internal sealed class BareSession : IDisposable
{
    private readonly InferenceSession _session;

    public BareSession()
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(Path.Combine(DemoModel.Path, "model.onnx"), options);
    }

    /// <summary>The logits after each token.</summary>
    public float[][] Logits(IReadOnlyList<int> tokens)
    {
        long count = tokens.Count;
        var inputs = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        foreach ((string name, NodeMetadata input) in _session.InputMetadata)
        {
            inputs[name] = name switch
            {
                "input_ids" => OrtValue.CreateTensorValueFromMemory(tokens.Select(token => (long)token).ToArray(), [1, count]),
                "attention_mask" => OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, tokens.Count).ToArray(), [1, count]),
                "position_ids" => OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, tokens.Count).Select(position => (long)position).ToArray(), [1, count]),
                _ => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, input.ElementDataType, [1, input.Dimensions[1], 0, input.Dimensions[3]]),
            };
        }

        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, inputs, ["logits"]);
        ReadOnlySpan<float> logits = outputs[0].GetTensorDataAsSpan<float>();
        int vocabularySize = logits.Length / tokens.Count;
        var rows = new float[tokens.Count][];
        for (int i = 0; i < rows.Length; i++) rows[i] = logits.Slice(i * vocabularySize, vocabularySize).ToArray();
        foreach (OrtValue value in inputs.Values) value.Dispose();
        return rows;
    }

    /// <summary>The distribution after the last token, by a softmax in float64.</summary>
    public double[] Distribution(IReadOnlyList<int> tokens)
    {
        double[] weights = [.. Logits(tokens)[^1].Select(logit => Math.Exp((double)logit))];
        double total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }

    public static int Argmax(float[] logits) => Array.IndexOf(logits, logits.Max());

    public void Dispose() => _session.Dispose();
}
