using System.Globalization;
using Recite.Lab.Formats;
using Recite.Lab.Model;

namespace Recite.Lab.Export;

/// <summary>
/// A LLaMA decoder as an ONNX graph in the layout that Optimum writes for text generation with past: input_ids,
/// attention_mask, position_ids and past_key_values.* in; logits and present.* out.
/// </summary>
internal sealed class DecoderGraph(Recipe recipe, IReadOnlyDictionary<string, Weights> weights)
{
    private const string Both = "past_sequence_length + sequence_length";
    private readonly OnnxGraph _graph = new("main_graph");

    public byte[] Build()
    {
        // :: Step 1: names and shapes of what comes in.
        string ids = _graph.Input("input_ids", OnnxGraph.Int64, "batch_size", "sequence_length");
        DeclarePasts();
        string mask = _graph.Input("attention_mask", OnnxGraph.Int64, "batch_size", Both);
        string positions = _graph.Input("position_ids", OnnxGraph.Int64, "batch_size", "sequence_length");
        _graph.Output("logits", OnnxGraph.Float, "batch_size", "sequence_length", (int)weights["model.embed_tokens.weight"].Shape[0]);

        // :: Step 2: token embeddings, where each token may look, and by how much its position turns it.
        Weights table = weights["model.embed_tokens.weight"];
        string embedding = _graph.Weights("model.embed_tokens.weight", table.Shape, table.Values);
        string hidden = _graph.Node("Gather", embedding, ids);
        string bias = AttentionBias(ids, mask);
        Rotation rotation = Angles(positions);

        // :: Step 3: the blocks, each reading its past and writing its present.
        for (int layer = 0; layer < recipe.Layers; layer++)
            hidden = Block(hidden, bias, rotation, layer);

        // :: Step 4: logits through the tied embedding.
        hidden = Norm(hidden, "model.norm.weight");
        string tied = _graph.Node("Transpose", [embedding], ("perm", new long[] { 1, 0 }));
        _graph.Add("MatMul", [hidden, tied], ["logits"]);
        return _graph.ToModel();
    }

    private void DeclarePasts()
    {
        for (int layer = 0; layer < recipe.Layers; layer++)
        {
            foreach (string part in new[] { "key", "value" })
            {
                _graph.Input(Past(layer, part), OnnxGraph.Float, "batch_size", recipe.Heads, "past_sequence_length", recipe.HeadWidth);
                _graph.Output(Present(layer, part), OnnxGraph.Float, "batch_size", recipe.Heads, Both, recipe.HeadWidth);
            }
        }
    }

    /// <summary>0 where a token may look, the lowest float where it may not: the future, and padding.</summary>
    private string AttentionBias(string ids, string mask)
    {
        string past = Size(Past(0, "key"), 2);
        string total = _graph.Node("Add", past, Size(ids, 1));
        string one = _graph.Number(1);
        string rows = _graph.Node("Unsqueeze", _graph.Node("Range", past, total, one), _graph.Numbers(1));
        string columns = _graph.Node("Range", _graph.Number(0), total, one);
        string causal = _graph.Node("LessOrEqual", columns, rows);
        string real = _graph.Node("Unsqueeze", _graph.Node("Cast", [mask], ("to", OnnxGraph.Bool)), _graph.Numbers(1, 2));
        // The lowest finite number, not minus infinity: a padding row that may look nowhere must not become NaN.
        return _graph.Node("Where", _graph.Node("And", causal, real), _graph.Real(0), _graph.Real(float.MinValue));
    }

    /// <summary>Cosine and sine of each position's angles, [batch, 1, tokens, head width].</summary>
    private Rotation Angles(string positions)
    {
        float[] frequencies = RotaryFrequencies.Of(recipe);
        string column = _graph.Node("Unsqueeze", _graph.Node("Cast", [positions], ("to", OnnxGraph.Float)), _graph.Numbers(1, 3));
        string angles = _graph.Node("Mul", column, _graph.Weights("rotary_frequencies", [frequencies.Length], frequencies));
        string twice = _graph.Node("Concat", [angles, angles], ("axis", -1));
        return new Rotation(_graph.Node("Cos", twice), _graph.Node("Sin", twice));
    }

    private string Block(string hidden, string bias, Rotation rotation, int layer)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"model.layers.{layer}.");
        string normed = Norm(hidden, prefix + "input_layernorm.weight");
        string turned = Rotate(Heads(Linear(normed, prefix + "self_attn.q_proj.weight")), rotation);
        string query = _graph.Node("Mul", turned, _graph.Real(1f / MathF.Sqrt(recipe.HeadWidth)));
        string key = Rotate(Heads(Linear(normed, prefix + "self_attn.k_proj.weight")), rotation);
        _graph.Add("Concat", [Past(layer, "key"), key], [Present(layer, "key")], ("axis", 2));
        _graph.Add("Concat", [Past(layer, "value"), Heads(Linear(normed, prefix + "self_attn.v_proj.weight"))], [Present(layer, "value")], ("axis", 2));
        string keys = _graph.Node("Transpose", [Present(layer, "key")], ("perm", new long[] { 0, 1, 3, 2 }));
        string scores = _graph.Node("Add", _graph.Node("MatMul", query, keys), bias);
        string seen = _graph.Node("MatMul", _graph.Node("Softmax", [scores], ("axis", -1)), Present(layer, "value"));
        string back = _graph.Node("Reshape", _graph.Node("Transpose", [seen], ("perm", new long[] { 0, 2, 1, 3 })), _graph.Numbers(0, 0, recipe.Width));
        hidden = _graph.Node("Add", hidden, Linear(back, prefix + "self_attn.o_proj.weight"));
        return _graph.Node("Add", hidden, FeedForward(Norm(hidden, prefix + "post_attention_layernorm.weight"), prefix));
    }

    /// <summary>SwiGLU (Shazeer 2020): down(silu(gate(x)) * up(x)).</summary>
    private string FeedForward(string normed, string prefix)
    {
        string gate = Linear(normed, prefix + "mlp.gate_proj.weight");
        string open = _graph.Node("Mul", gate, _graph.Node("Sigmoid", gate));
        return Linear(_graph.Node("Mul", open, Linear(normed, prefix + "mlp.up_proj.weight")), prefix + "mlp.down_proj.weight");
    }

    private string Heads(string joined) =>
        _graph.Node("Transpose", [_graph.Node("Reshape", joined, _graph.Numbers(0, 0, recipe.Heads, recipe.HeadWidth))], ("perm", new long[] { 0, 2, 1, 3 }));

    /// <summary>Turns each pair of components i and i + half a head, as transformers pairs them.</summary>
    private string Rotate(string heads, Rotation rotation)
    {
        string[] halves = [heads + "/first", heads + "/second"];
        _graph.Add("Split", [heads, _graph.Numbers(recipe.HeadWidth / 2, recipe.HeadWidth / 2)], halves, ("axis", -1));
        string across = _graph.Node("Concat", [_graph.Node("Neg", halves[1]), halves[0]], ("axis", -1));
        return _graph.Node("Add", _graph.Node("Mul", heads, rotation.Cosine), _graph.Node("Mul", across, rotation.Sine));
    }

    // MatMul wants [in, out]; the model has [out, in].
    private string Linear(string input, string name)
    {
        Weights transposed = weights[name].Transpose();
        return _graph.Node("MatMul", input, _graph.Weights(name, transposed.Shape, transposed.Values));
    }

    /// <summary>RMSNorm (Zhang and Sennrich 2019): x / sqrt(mean(x^2) + epsilon), each component weighted.</summary>
    private string Norm(string input, string name)
    {
        string square = _graph.Node("ReduceMean", [_graph.Node("Pow", input, _graph.Real(2))], ("axes", new long[] { -1 }), ("keepdims", 1));
        string root = _graph.Node("Sqrt", _graph.Node("Add", square, _graph.Real((float)Recipe.NormEpsilon)));
        return _graph.Node("Mul", _graph.Node("Div", input, root), _graph.Weights(name, weights[name].Shape, weights[name].Values));
    }

    private string Size(string tensor, int axis) => _graph.Node("Gather", _graph.Node("Shape", tensor), _graph.Number(axis));

    private static string Past(int layer, string part) => string.Create(CultureInfo.InvariantCulture, $"past_key_values.{layer}.{part}");

    private static string Present(int layer, string part) => string.Create(CultureInfo.InvariantCulture, $"present.{layer}.{part}");

    /// <summary>Names of the tensors that turn queries and keys.</summary>
    private sealed record Rotation(string Cosine, string Sine);
}
