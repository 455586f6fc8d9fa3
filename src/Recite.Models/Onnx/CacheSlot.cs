using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Recite.Models.Onnx;

/// <summary>One tensor of keys or values that a step hands to the next.</summary>
/// <param name="Past">Name of the input.</param>
/// <param name="Present">Name of the output.</param>
/// <param name="Type">float32 or float16.</param>
/// <param name="EmptyShape">The shape before any token: 0 along the sequence; the first number is the batch's and is set per run.</param>
internal sealed record CacheSlot(string Past, string Present, TensorElementType Type, IReadOnlyList<long> EmptyShape)
{
    private const string PastPrefix = "past";
    private const string PresentPrefix = "present";

    /// <summary>Whether logits and caches of this type are understood.</summary>
    public static bool IsFloat(TensorElementType type) => type is TensorElementType.Float or TensorElementType.Float16;

    /// <summary>
    /// Pairs every input past* with the output present* of the same ending (<c>past_key_values.3.key</c> with
    /// <c>present.3.key</c>) and finds its shape.
    /// </summary>
    /// <exception cref="FormatException">One has no partner or no shape that can be known; the message completes "FILE ...".</exception>
    public static List<CacheSlot> ReadAll(InferenceSession session, DecoderConfiguration configuration)
    {
        var presents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in session.OutputNames)
        {
            if (name.StartsWith(PresentPrefix, StringComparison.Ordinal)) presents[Ending(name)] = name;
        }

        var slots = new List<CacheSlot>();
        foreach (string name in session.InputNames)
        {
            if (!name.StartsWith(PastPrefix, StringComparison.Ordinal)) continue;
            if (!presents.TryGetValue(Ending(name), out string? present)) throw new FormatException($"has an input '{name}' but no output that continues it");
            NodeMetadata metadata = session.InputMetadata[name];
            if (!IsFloat(metadata.ElementDataType)) throw new FormatException($"takes {name} as {metadata.ElementDataType}, but float32 or float16 was expected");
            slots.Add(new CacheSlot(name, present, metadata.ElementDataType, FindEmptyShape(name, metadata, configuration)));
        }

        return slots;
    }

    private static string Ending(string name)
    {
        string prefix = name.StartsWith(PastPrefix, StringComparison.Ordinal) ? PastPrefix : PresentPrefix;
        string rest = name[prefix.Length..];
        const string KeyValues = "_key_values";
        return rest.StartsWith(KeyValues, StringComparison.Ordinal) ? rest[KeyValues.Length..] : rest;
    }

    private static long[] FindEmptyShape(string name, NodeMetadata metadata, DecoderConfiguration configuration)
    {
        long[] shape = [.. metadata.Dimensions.Select(size => (long)size)];
        if (shape.Length is not (3 or 4)) throw new FormatException($"takes {name} with rank {shape.Length}, but [batch, heads, sequence, width] was expected");
        int sequence = FindSequenceAxis(name, metadata);
        for (int axis = 1; axis < shape.Length; axis++)
        {
            if (axis == sequence) shape[axis] = 0;
            else if (shape[axis] < 1) shape[axis] = FillFromConfiguration(axis == shape.Length - 1 ? configuration.HeadSize : configuration.CacheHeads, name);
        }

        shape[0] = 1;
        return shape;
    }

    private static int FindSequenceAxis(string name, NodeMetadata metadata)
    {
        int[] open = [.. Enumerable.Range(1, metadata.Dimensions.Length - 1).Where(axis => metadata.Dimensions[axis] < 1)];
        if (open.Length == 1) return open[0];
        if (open.Length == 0) throw new FormatException($"takes {name} with the fixed shape [{string.Join(", ", metadata.Dimensions)}], but a past of any length is needed");
        int named = Array.FindIndex(metadata.SymbolicDimensions, dimension => dimension.Contains("seq", StringComparison.OrdinalIgnoreCase));
        return named > 0 && open.Contains(named) ? named : metadata.Dimensions.Length - 2;
    }

    private static int FillFromConfiguration(int? size, string name) =>
        size ?? throw new FormatException($"leaves the shape of {name} open and config.json does not give the number and width of its heads");
}
