using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Recite.Models.Onnx;

/// <summary>Logits [rows, positions, vocabulary] of one pass; owns the native tensor.</summary>
internal sealed class LogitsTensor : IDisposable
{
    private readonly OrtValue _value;
    private readonly bool _isHalf;
    private readonly float[] _widened;

    /// <summary>Takes the tensor over.</summary>
    /// <exception cref="OverflowException">It has more numbers than a span can hold.</exception>
    public LogitsTensor(OrtValue value)
    {
        _value = value;
        OrtTensorTypeAndShapeInfo shape = value.GetTensorTypeAndShape();
        _isHalf = shape.ElementDataType == TensorElementType.Float16;
        (Rows, Positions, VocabularySize) = ((int)shape.Shape[0], (int)shape.Shape[1], (int)shape.Shape[2]);
        _ = checked((int)(shape.Shape[0] * shape.Shape[1] * shape.Shape[2]));
        _widened = _isHalf ? new float[VocabularySize] : [];
    }

    /// <summary>Sequences in the batch.</summary>
    public int Rows { get; }

    /// <summary>Positions that have logits: all that were put in, or only the last.</summary>
    public int Positions { get; }

    /// <summary>Tokens that have a logit.</summary>
    public int VocabularySize { get; }

    /// <summary>All logits, valid while this object lives; those of float16 are widened into <paramref name="widened"/>, a row's buffer of the caller's.</summary>
    public LogitsView View(Span<float> widened) => _isHalf
        ? new LogitsView([], MemoryMarshal.Cast<Float16, Half>(_value.GetTensorDataAsSpan<Float16>()), widened, Positions)
        : new LogitsView(_value.GetTensorDataAsSpan<float>(), [], [], Positions);

    /// <summary>The logits at the last position of a row; valid until the next call.</summary>
    public ReadOnlySpan<float> AtLast(int row) => View(_widened).At(row, Positions - 1, VocabularySize);

    /// <inheritdoc/>
    public void Dispose() => _value.Dispose();
}
