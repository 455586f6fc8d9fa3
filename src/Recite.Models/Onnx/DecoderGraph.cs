using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Recite.Models.Onnx;

/// <summary>An input of whole numbers and the type it wants them in.</summary>
internal sealed record IntegerInput(string Name, TensorElementType Type);

/// <summary>
/// What a decoder graph takes and gives, read from the graph itself: names, types and shapes of the layout that Hugging Face
/// Optimum exports (input_ids, attention_mask?, position_ids?, use_cache_branch?, past_key_values.* -> logits, present.*).
/// </summary>
internal sealed record DecoderGraph
{
    private const string CacheBranchName = "use_cache_branch";

    /// <summary>Token ids [batch, sequence].</summary>
    public required IntegerInput TokenIds { get; init; }

    /// <summary>1 where a token counts [batch, past + sequence], if the graph takes it.</summary>
    public required IntegerInput? AttentionMask { get; init; }

    /// <summary>Positions [batch, sequence], if the graph takes them.</summary>
    public required IntegerInput? PositionIds { get; init; }

    /// <summary>Whether a merged graph takes a flag that says whether there is a past.</summary>
    public required bool TakesCacheBranch { get; init; }

    /// <summary>Keys and values that go from step to step; empty if the graph has no cache.</summary>
    public required IReadOnlyList<CacheSlot> Cache { get; init; }

    /// <summary>float32 or float16.</summary>
    public required TensorElementType LogitsType { get; init; }

    /// <summary>Whether the graph takes a single sequence only.</summary>
    public required bool IsSingleRow { get; init; }

    /// <summary>Name of the flag of merged graphs.</summary>
    public static string CacheBranch => CacheBranchName;

    /// <summary>Name of the output with the logits [batch, sequence, vocabulary].</summary>
    public static string Logits => "logits";

    /// <summary>Reads the graph of a session.</summary>
    /// <exception cref="FormatException">It is no decoder in this layout; the message completes "FILE ...".</exception>
    public static DecoderGraph Read(InferenceSession session, DecoderConfiguration configuration)
    {
        IReadOnlyDictionary<string, NodeMetadata> inputs = session.InputMetadata;
        if (!session.OutputMetadata.TryGetValue(Logits, out NodeMetadata? logits)) throw new FormatException("has no output named logits");
        if (!CacheSlot.IsFloat(logits.ElementDataType) || logits.Dimensions.Length != 3)
            throw new FormatException($"gives logits as {logits.ElementDataType} of rank {logits.Dimensions.Length}, but float32 or float16 of rank 3 was expected");

        IntegerInput tokenIds = FindInteger(inputs, "input_ids") ?? throw new FormatException("has no input named input_ids");
        List<CacheSlot> cache = CacheSlot.ReadAll(session, configuration);
        var known = new HashSet<string>(["input_ids", "attention_mask", "position_ids", CacheBranchName, .. cache.Select(slot => slot.Past)], StringComparer.Ordinal);
        if (inputs.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new FormatException($"has an input '{unknown}' that a decoder in this layout does not have");
        return new DecoderGraph
        {
            TokenIds = tokenIds,
            AttentionMask = FindInteger(inputs, "attention_mask"),
            PositionIds = FindInteger(inputs, "position_ids"),
            TakesCacheBranch = inputs.ContainsKey(CacheBranchName),
            Cache = cache,
            LogitsType = logits.ElementDataType,
            IsSingleRow = CheckDimensions(inputs["input_ids"].Dimensions),
        };
    }

    private static IntegerInput? FindInteger(IReadOnlyDictionary<string, NodeMetadata> inputs, string name)
    {
        if (!inputs.TryGetValue(name, out NodeMetadata? input)) return null;
        if (input.ElementDataType is not (TensorElementType.Int64 or TensorElementType.Int32) || input.Dimensions.Length != 2)
            throw new FormatException($"takes {name} as {input.ElementDataType} of rank {input.Dimensions.Length}, but whole numbers of rank 2 were expected");
        return new IntegerInput(name, input.ElementDataType);
    }

    private static bool CheckDimensions(int[] dimensions)
    {
        if (dimensions[1] > 0 || dimensions[0] > 1)
            throw new FormatException($"is exported for the fixed shape [{string.Join(", ", dimensions)}], but sequences of any length are needed");
        return dimensions[0] == 1;
    }
}
