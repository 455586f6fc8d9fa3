using System.Text.Json;
using Recite.Models.Tokenizers;

namespace Recite.Models.Onnx;

/// <summary>What config.json and generation_config.json say that the graph does not; every number may be missing.</summary>
/// <param name="ContextTokens">Longest sequence, where the model has a limit.</param>
/// <param name="CacheHeads">Heads of keys and values.</param>
/// <param name="HeadSize">Width of one head.</param>
/// <param name="EndOfText">Tokens that end a text.</param>
internal sealed record DecoderConfiguration(int? ContextTokens, int? CacheHeads, int? HeadSize, IReadOnlySet<int> EndOfText)
{
    private const long MaxFileBytes = 16L << 20;

    // The names that architectures give to the same thing.
    private static readonly string[] s_contextNames = ["n_positions", "max_position_embeddings", "n_ctx", "max_sequence_length", "max_seq_len", "seq_length"];
    private static readonly string[] s_cacheHeadNames = ["num_key_value_heads", "num_kv_heads", "n_head_kv"];
    private static readonly string[] s_headNames = ["num_attention_heads", "n_head", "num_heads", "n_heads"];
    private static readonly string[] s_headSizeNames = ["head_dim", "d_kv"];
    private static readonly string[] s_widthNames = ["hidden_size", "n_embd", "d_model"];

    /// <summary>Reads both files; the second may be absent and decides over the end of text.</summary>
    /// <exception cref="Recite.Indexing.ReciteException">A file is broken or describes something that is no decoder.</exception>
    public static DecoderConfiguration Read(ModelFiles files)
    {
        DecoderConfiguration configuration = ModelFile.ReadJson(files.Configuration, MaxFileBytes, Read);
        if (!File.Exists(files.GenerationConfiguration)) return configuration;
        HashSet<int> endOfText = ModelFile.ReadJson(files.GenerationConfiguration, MaxFileBytes, ReadEndOfText);
        return endOfText.Count > 0 ? configuration with { EndOfText = endOfText } : configuration;
    }

    private static DecoderConfiguration Read(JsonElement root)
    {
        if (root.Truth("is_encoder_decoder") ?? false) throw new FormatException("describes an encoder-decoder model, but only decoders are supported");
        // Models that also read pictures keep the decoder's numbers one level down.
        JsonElement text = root.Member("text_config") ?? root;
        int? heads = FirstPositive(text, s_headNames);
        int? cacheHeads = FirstPositive(text, s_cacheHeadNames) ?? (text.Truth("multi_query") ?? false ? 1 : heads);
        int? headSize = FirstPositive(text, s_headSizeNames) ?? (heads is { } count ? FirstPositive(text, s_widthNames) / count : null);
        HashSet<int> endOfText = ReadEndOfText(root);
        return new DecoderConfiguration(FirstPositive(text, s_contextNames), cacheHeads, headSize, endOfText.Count > 0 ? endOfText : ReadEndOfText(text));
    }

    private static int? FirstPositive(JsonElement element, string[] names) =>
        names.Select(name => element.Number(name)).FirstOrDefault(number => number is > 0);

    private static HashSet<int> ReadEndOfText(JsonElement element)
    {
        IEnumerable<int?> ids = element.Number("eos_token_id") is { } single
            ? [single]
            : element.Items("eos_token_id").Select(item => item.AsNumber());
        return ids.OfType<int>().Where(id => id >= 0).ToHashSet();
    }
}
