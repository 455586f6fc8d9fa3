using System.Numerics.Tensors;

namespace Recite.Models.Onnx;

/// <summary>Logits as they lie in memory, looked at without asking the runtime for each position.</summary>
internal readonly ref struct LogitsView(ReadOnlySpan<float> single, ReadOnlySpan<Half> half, Span<float> widened, int positions)
{
    private readonly ReadOnlySpan<float> _single = single;
    private readonly ReadOnlySpan<Half> _half = half;
    private readonly Span<float> _widened = widened;

    /// <summary>The logits at one position; of float16 they are valid until the next call.</summary>
    public ReadOnlySpan<float> At(int row, int position, int vocabularySize)
    {
        int start = (row * positions + position) * vocabularySize;
        if (_half.IsEmpty) return _single.Slice(start, vocabularySize);
        TensorPrimitives.ConvertToSingle(_half.Slice(start, vocabularySize), _widened);
        return _widened;
    }
}
