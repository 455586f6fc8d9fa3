using System.Globalization;
using System.Text.Json.Nodes;

namespace Recite.Lab.Formats;

/// <summary>
/// A model folder that the lab exported, as a GGUF file for llama.cpp (architecture llama; names of tensors and metadata as in its
/// gguf-py/gguf/constants.py). The output layer is the token embedding, which llama.cpp takes when there is no other.
/// </summary>
public static class LlamaGguf
{
    private static readonly (string Ours, string Theirs)[] s_norms = [("input_layernorm", "attn_norm"), ("post_attention_layernorm", "ffn_norm")];

    private static readonly (string Ours, string Theirs)[] s_matrices =
    [
        ("self_attn.v_proj", "attn_v"), ("self_attn.o_proj", "attn_output"),
        ("mlp.gate_proj", "ffn_gate"), ("mlp.up_proj", "ffn_up"), ("mlp.down_proj", "ffn_down"),
    ];

    private static readonly (string Ours, string Theirs)[] s_rotatedMatrices = [("self_attn.q_proj", "attn_q"), ("self_attn.k_proj", "attn_k")];

    /// <summary>Writes the GGUF file of the model in a folder.</summary>
    /// <exception cref="LabException">The folder holds no model that the lab exported.</exception>
    public static void Write(string modelFolder, string path)
    {
        var gguf = new GgufWriter();
        JsonNode config = Json(modelFolder, "config.json");
        AddModel(gguf, config);
        AddTokenizer(gguf, config, modelFolder);
        AddTensors(gguf, config, OnnxWeights.Read(Path.Combine(modelFolder, "model.onnx")));
        gguf.Write(path);
    }

    private static void AddModel(GgufWriter gguf, JsonNode config)
    {
        gguf.Add("general.architecture", "llama");
        gguf.Add("general.name", "recite lab model");
        gguf.Add("general.file_type", 0u);
        gguf.Add("llama.block_count", (uint)config["num_hidden_layers"]!);
        gguf.Add("llama.context_length", (uint)config["max_position_embeddings"]!);
        gguf.Add("llama.embedding_length", (uint)config["hidden_size"]!);
        gguf.Add("llama.feed_forward_length", (uint)config["intermediate_size"]!);
        gguf.Add("llama.attention.head_count", (uint)config["num_attention_heads"]!);
        gguf.Add("llama.attention.head_count_kv", (uint)config["num_key_value_heads"]!);
        gguf.Add("llama.attention.layer_norm_rms_epsilon", (float)config["rms_norm_eps"]!);
        gguf.Add("llama.rope.dimension_count", (uint)config["head_dim"]!);
        gguf.Add("llama.rope.freq_base", (float)config["rope_theta"]!);
    }

    private static void AddTokenizer(GgufWriter gguf, JsonNode config, string modelFolder)
    {
        const int Normal = 1;
        const int Control = 3;
        uint separator = (uint)config["eos_token_id"]!;
        string[] tokens = [.. Json(modelFolder, "vocab.json").AsObject().OrderBy(entry => (int)entry.Value!).Select(entry => entry.Key)];
        gguf.Add("tokenizer.ggml.model", "gpt2");
        gguf.Add("tokenizer.ggml.pre", "gpt-2");
        gguf.Add("tokenizer.ggml.tokens", tokens);
        gguf.Add("tokenizer.ggml.token_type", [.. tokens.Select((_, id) => id == separator ? Control : Normal)]);
        // The first line of merges.txt is its version.
        gguf.Add("tokenizer.ggml.merges", File.ReadAllLines(Path.Combine(modelFolder, "merges.txt"))[1..]);
        gguf.Add("tokenizer.ggml.bos_token_id", separator);
        gguf.Add("tokenizer.ggml.eos_token_id", separator);
    }

    private static void AddTensors(GgufWriter gguf, JsonNode config, IReadOnlyDictionary<string, Weights> weights)
    {
        gguf.Add("token_embd.weight", Weight("model.embed_tokens"));
        gguf.Add("output_norm.weight", Weight("model.norm"));
        for (int layer = 0; layer < (int)config["num_hidden_layers"]!; layer++)
        {
            string from = string.Create(CultureInfo.InvariantCulture, $"model.layers.{layer}.");
            string to = string.Create(CultureInfo.InvariantCulture, $"blk.{layer}.");
            foreach ((string ours, string theirs) in s_norms)
                gguf.Add(to + theirs + ".weight", Weight(from + ours));
            // The graph's matrices are [in, out], llama.cpp's [out, in].
            foreach ((string ours, string theirs) in s_matrices)
                gguf.Add(to + theirs + ".weight", Weight(from + ours).Transpose());
            foreach ((string ours, string theirs) in s_rotatedMatrices)
                gguf.Add(to + theirs + ".weight", Interleave(Weight(from + ours).Transpose(), (int)config["head_dim"]!));
        }

        Weights Weight(string name) => weights.GetValueOrDefault(name + ".weight") ?? throw new LabException($"The model has no tensor {name}.weight; only models that the lab exported can become GGUF.");
    }

    // Rotary positions turn pairs of a head's rows: i and i + half a head in transformers, neighbours in llama.cpp.
    private static Weights Interleave(Weights matrix, int headWidth)
    {
        (int rows, int columns) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        var values = new float[matrix.Values.Length];
        for (int row = 0; row < rows; row++)
        {
            int within = row % headWidth;
            int from = row - within + (within / 2) + (within % 2 * headWidth / 2);
            matrix.Values.AsSpan(from * columns, columns).CopyTo(values.AsSpan(row * columns));
        }

        return new Weights(matrix.Shape, values);
    }

    private static JsonNode Json(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new LabException($"There is no {path}; give a model folder that the lab exported.");
        return JsonNode.Parse(File.ReadAllBytes(path))!;
    }
}
