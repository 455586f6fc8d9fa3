using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Recite.Benchmarks.Scoring;

/// <summary>ONNX Runtime with nothing of ours between: whole rows of one length in, logits out. The session's options are those of the target.</summary>
internal sealed class BareSession : IDisposable
{
    private readonly InferenceSession _session;
    private float[] _logits = [];

    public BareSession(string path)
    {
        using var options = new SessionOptions { IntraOpNumThreads = Environment.ProcessorCount, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(path, options);
        VocabularySize = _session.OutputMetadata["logits"].Dimensions[2];
        if (VocabularySize < 1) throw new InvalidOperationException("The graph does not say how many tokens there are.");
    }

    public int VocabularySize { get; }

    /// <summary>The logits of the first <paramref name="columns"/> tokens of each row.</summary>
    public float[] Run(int[][] rows, int columns)
    {
        long[] shape = [rows.Length, columns];
        using OrtValue ids = OrtValue.CreateTensorValueFromMemory(rows.SelectMany(row => row.Take(columns)).Select(id => (long)id).ToArray(), shape);
        using OrtValue mask = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, rows.Length * columns).ToArray(), shape);
        using OrtValue positions = OrtValue.CreateTensorValueFromMemory(rows.SelectMany(_ => Enumerable.Range(0, columns)).Select(position => (long)position).ToArray(), shape);
        var past = new List<OrtValue>();
        var inputs = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        foreach ((string name, NodeMetadata input) in _session.InputMetadata)
        {
            inputs[name] = name switch
            {
                "input_ids" => ids,
                "attention_mask" => mask,
                "position_ids" => positions,
                _ => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [rows.Length, input.Dimensions[1], 0, input.Dimensions[3]]),
            };
            if (name is not ("input_ids" or "attention_mask" or "position_ids")) past.Add(inputs[name]);
        }

        using var options = new RunOptions();
        // Into a buffer that is used again: memory that is new for every batch would cost more than anything that is compared here.
        int count = rows.Length * columns * VocabularySize;
        if (_logits.Length < count) _logits = new float[count];
        using OrtValue logits = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _logits.AsMemory(0, count), [rows.Length, columns, VocabularySize]);
        _session.Run(options, inputs.Keys, inputs.Values, ["logits"], [logits]);
        past.ForEach(value => value.Dispose());
        return rows.Length > 4 ? [] : _logits[..count];
    }

    public void Dispose() => _session.Dispose();
}
