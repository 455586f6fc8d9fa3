using Microsoft.ML.OnnxRuntime;

namespace Recite.Models.Onnx;

/// <summary>Keys and values of a batch between two steps; owns the native tensors.</summary>
internal sealed class DecoderCache(IReadOnlyList<OrtValue> values, bool isEmpty) : IDisposable
{
    /// <summary>One tensor per <see cref="CacheSlot"/>.</summary>
    public IReadOnlyList<OrtValue> Values { get; private set; } = values;

    /// <summary>Whether no token has been seen.</summary>
    public bool IsEmpty { get; private set; } = isEmpty;

    /// <summary>Lets go of the tensors and takes those that continue them.</summary>
    public void Replace(IReadOnlyList<OrtValue> next)
    {
        Dispose();
        (Values, IsEmpty) = (next, false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OrtValue value in Values) value.Dispose();
        Values = [];
    }
}
