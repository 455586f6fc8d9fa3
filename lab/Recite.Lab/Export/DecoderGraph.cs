using System.Globalization;
using Recite.Lab.Formats;

namespace Recite.Lab.Export;

/// <summary>
/// A GPT-2 decoder as an ONNX graph in the layout that Optimum writes for text generation with past: input_ids,
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
        int vocabulary = (int)weights["transformer.wte.weight"].Shape[0];
        _graph.Output("logits", OnnxGraph.Float, "batch_size", "sequence_length", vocabulary);

        // :: Step 2: token and position embeddings.
        string hidden = _graph.Node("Add", _graph.Node("Gather", Weight("transformer.wte.weight"), ids), _graph.Node("Gather", Weight("transformer.wpe.weight"), positions));
        string bias = AttentionBias(ids, mask);

        // :: Step 3: the blocks, each reading its past and writing its present.
        for (int layer = 0; layer < recipe.Layers; layer++)
            hidden = Block(hidden, bias, layer);

        // :: Step 4: logits through the tied embedding.
        hidden = Norm(hidden, "transformer.ln_f");
        string tied = _graph.Node("Transpose", [Weight("transformer.wte.weight")], ("perm", new long[] { 1, 0 }));
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

    private string Block(string hidden, string bias, int layer)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"transformer.h.{layer}.");
        string normed = Norm(hidden, prefix + "ln_1");
        string joined = Linear(normed, prefix + "attn.c_attn");
        string[] parts = [prefix + "query", prefix + "key", prefix + "value"];
        _graph.Add("Split", [joined, _graph.Numbers(recipe.Width, recipe.Width, recipe.Width)], parts, ("axis", -1));
        string query = _graph.Node("Mul", Heads(parts[0]), _graph.Real(1f / MathF.Sqrt(recipe.HeadWidth)));
        _graph.Add("Concat", [Past(layer, "key"), Heads(parts[1])], [Present(layer, "key")], ("axis", 2));
        _graph.Add("Concat", [Past(layer, "value"), Heads(parts[2])], [Present(layer, "value")], ("axis", 2));
        string keys = _graph.Node("Transpose", [Present(layer, "key")], ("perm", new long[] { 0, 1, 3, 2 }));
        string scores = _graph.Node("Add", _graph.Node("MatMul", query, keys), bias);
        string seen = _graph.Node("MatMul", _graph.Node("Softmax", [scores], ("axis", -1)), Present(layer, "value"));
        string back = _graph.Node("Reshape", _graph.Node("Transpose", [seen], ("perm", new long[] { 0, 2, 1, 3 })), _graph.Numbers(0, 0, recipe.Width));
        hidden = _graph.Node("Add", hidden, Linear(back, prefix + "attn.c_proj"));
        string wide = GeluNew(Linear(Norm(hidden, prefix + "ln_2"), prefix + "mlp.c_fc"));
        return _graph.Node("Add", hidden, Linear(wide, prefix + "mlp.c_proj"));
    }

    private string Heads(string joined) =>
        _graph.Node("Transpose", [_graph.Node("Reshape", joined, _graph.Numbers(0, 0, recipe.Heads, recipe.HeadWidth))], ("perm", new long[] { 0, 2, 1, 3 }));

    private string Linear(string input, string layer) =>
        _graph.Node("Add", _graph.Node("MatMul", input, Weight(layer + ".weight")), Weight(layer + ".bias"));

    private string Norm(string input, string layer) =>
        _graph.Node("LayerNormalization", [input, Weight(layer + ".weight"), Weight(layer + ".bias")], ("axis", -1), ("epsilon", 1e-5f));

    /// <summary>0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), Hendrycks and Gimpel 2016.</summary>
    private string GeluNew(string x)
    {
        string cube = _graph.Node("Mul", _graph.Node("Mul", x, x), x);
        string inner = _graph.Node("Add", x, _graph.Node("Mul", cube, _graph.Real(0.044715f)));
        string tanh = _graph.Node("Tanh", _graph.Node("Mul", inner, _graph.Real(MathF.Sqrt(2f / MathF.PI))));
        return _graph.Node("Mul", _graph.Node("Mul", x, _graph.Real(0.5f)), _graph.Node("Add", tanh, _graph.Real(1)));
    }

    private string Size(string tensor, int axis) => _graph.Node("Gather", _graph.Node("Shape", tensor), _graph.Number(axis));

    private string Weight(string name) => _graph.Weights(name, weights[name].Shape, weights[name].Values);

    private static string Past(int layer, string part) => string.Create(CultureInfo.InvariantCulture, $"past_key_values.{layer}.{part}");

    private static string Present(int layer, string part) => string.Create(CultureInfo.InvariantCulture, $"present.{layer}.{part}");
}
