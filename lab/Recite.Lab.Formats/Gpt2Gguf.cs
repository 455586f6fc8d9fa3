using System.Globalization;
using System.Text.Json.Nodes;

namespace Recite.Lab.Formats;

/// <summary>
/// A model folder that the lab exported, as a GGUF file for llama.cpp (architecture gpt2; names of tensors and metadata as in its
/// gguf-py/gguf/constants.py). The output layer is the token embedding, which llama.cpp takes when there is no other.
/// </summary>
public static class Gpt2Gguf
{
    private static readonly (string Ours, string Theirs)[] s_blockTensors =
    [
        ("ln_1", "attn_norm"), ("attn.c_attn", "attn_qkv"), ("attn.c_proj", "attn_output"),
        ("ln_2", "ffn_norm"), ("mlp.c_fc", "ffn_up"), ("mlp.c_proj", "ffn_down"),
    ];

    /// <summary>Writes the GGUF file of the model in a folder.</summary>
    /// <exception cref="LabException">The folder holds no model that the lab exported.</exception>
    public static void Write(string modelFolder, string path)
    {
        var gguf = new GgufWriter();
        JsonNode config = Json(modelFolder, "config.json");
        int layers = (int)config["n_layer"]!;
        AddModel(gguf, config, layers);
        AddTokenizer(gguf, config, modelFolder);
        AddTensors(gguf, OnnxWeights.Read(Path.Combine(modelFolder, "model.onnx")), layers);
        gguf.Write(path);
    }

    private static void AddModel(GgufWriter gguf, JsonNode config, int layers)
    {
        uint width = (uint)config["n_embd"]!;
        gguf.Add("general.architecture", "gpt2");
        gguf.Add("general.name", "recite lab model");
        gguf.Add("general.file_type", 0u);
        gguf.Add("gpt2.block_count", (uint)layers);
        gguf.Add("gpt2.context_length", (uint)config["n_positions"]!);
        gguf.Add("gpt2.embedding_length", width);
        gguf.Add("gpt2.feed_forward_length", 4 * width);
        gguf.Add("gpt2.attention.head_count", (uint)config["n_head"]!);
        gguf.Add("gpt2.attention.layer_norm_epsilon", (float)config["layer_norm_epsilon"]!);
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

    private static void AddTensors(GgufWriter gguf, IReadOnlyDictionary<string, Weights> weights, int layers)
    {
        gguf.Add("token_embd.weight", Weight("transformer.wte.weight"));
        gguf.Add("position_embd.weight", Weight("transformer.wpe.weight"));
        AddLayer("transformer.ln_f", "output_norm");
        for (int layer = 0; layer < layers; layer++)
        {
            foreach ((string ours, string theirs) in s_blockTensors)
                AddLayer(string.Create(CultureInfo.InvariantCulture, $"transformer.h.{layer}.{ours}"), string.Create(CultureInfo.InvariantCulture, $"blk.{layer}.{theirs}"));
        }

        void AddLayer(string ours, string theirs)
        {
            Weights matrix = Weight(ours + ".weight");
            // GPT-2's matrices are [in, out], llama.cpp's [out, in].
            gguf.Add(theirs + ".weight", matrix.Shape.Length == 2 ? matrix.Transpose() : matrix);
            gguf.Add(theirs + ".bias", Weight(ours + ".bias"));
        }

        Weights Weight(string name) => weights.GetValueOrDefault(name) ?? throw new LabException($"The model has no tensor {name}; only models that the lab exported can become GGUF.");
    }

    private static JsonNode Json(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new LabException($"There is no {path}; give a model folder that the lab exported.");
        return JsonNode.Parse(File.ReadAllBytes(path))!;
    }
}
