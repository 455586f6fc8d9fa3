using System.Globalization;
using Recite.Lab.Formats;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Recite.Lab.Model;

/// <summary>
/// A GPT-2 decoder (Radford et al. 2019) as plain tensors under the names of the transformers library; matrices are
/// [in, out] as there, the output layer is the token embedding.
/// </summary>
internal sealed class Gpt : IDisposable
{
    private readonly Dictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);
    private readonly Recipe _recipe;

    public Gpt(Recipe recipe, int vocabularyTokens)
    {
        _recipe = recipe;
        random.manual_seed((long)recipe.Seed);
        Normal("transformer.wte.weight", 0.02, vocabularyTokens, recipe.Width);
        Normal("transformer.wpe.weight", 0.02, recipe.ContextTokens, recipe.Width);
        // Residual branches start smaller, so that the sum over layers starts at unit scale (GPT-2, section 2.3).
        double residual = 0.02 / Math.Sqrt(2 * recipe.Layers);
        for (int layer = 0; layer < recipe.Layers; layer++)
        {
            string block = BlockName(layer);
            Norm(block + "ln_1");
            Linear(block + "attn.c_attn", 0.02, recipe.Width, 3 * recipe.Width);
            Linear(block + "attn.c_proj", residual, recipe.Width, recipe.Width);
            Norm(block + "ln_2");
            Linear(block + "mlp.c_fc", 0.02, recipe.Width, 4 * recipe.Width);
            Linear(block + "mlp.c_proj", residual, 4 * recipe.Width, recipe.Width);
        }

        Norm("transformer.ln_f");
    }

    public IReadOnlyDictionary<string, Parameter> Parameters => _parameters;

    public long ParameterCount => _parameters.Values.Sum(parameter => parameter.numel());

    /// <summary>Logits [batch, tokens, vocabulary] of token ids [batch, tokens]; every row starts at position 0.</summary>
    public Tensor Forward(Tensor ids)
    {
        using DisposeScope scope = NewDisposeScope();
        long batch = ids.shape[0];
        long tokens = ids.shape[1];
        Tensor table = _parameters["transformer.wte.weight"];
        Tensor hidden = table.index_select(0, ids.flatten()).view(batch, tokens, _recipe.Width) + _parameters["transformer.wpe.weight"].narrow(0, 0, tokens);
        for (int layer = 0; layer < _recipe.Layers; layer++)
        {
            string block = BlockName(layer);
            Tensor[] parts = Project(Normalize(hidden, block + "ln_1"), block + "attn.c_attn")
                .view(batch, tokens, 3 * _recipe.Heads, _recipe.HeadWidth).transpose(1, 2).chunk(3, 1);
            Tensor seen = F.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true);
            hidden = hidden + Project(seen.transpose(1, 2).reshape(batch, tokens, _recipe.Width), block + "attn.c_proj");
            Tensor wide = F.gelu(Project(Normalize(hidden, block + "ln_2"), block + "mlp.c_fc"), TorchSharp.Modules.GELU.Approximate.tanh);
            hidden = hidden + Project(wide, block + "mlp.c_proj");
        }

        return Multiply(Normalize(hidden, "transformer.ln_f"), table.t()).MoveToOuterDisposeScope();
    }

    /// <summary>The weights as arrays, for the exporter.</summary>
    public IReadOnlyDictionary<string, Weights> ToWeights() =>
        _parameters.ToDictionary(entry => entry.Key, entry => new Weights(entry.Value.shape, [.. entry.Value.detach().data<float>()]), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (Parameter parameter in _parameters.Values)
            parameter.Dispose();
    }

    private Tensor Project(Tensor input, string layer) => Multiply(input, _parameters[layer + ".weight"]) + _parameters[layer + ".bias"];

    // Mixed precision: products in bfloat16 (twice as fast where the processor has AVX512-BF16), everything else in float32.
    private Tensor Multiply(Tensor input, Tensor weight) =>
        _recipe.MixedPrecision && is_grad_enabled()
            ? input.to(ScalarType.BFloat16).matmul(weight.to(ScalarType.BFloat16)).to(ScalarType.Float32)
            : input.matmul(weight);

    private Tensor Normalize(Tensor input, string layer) =>
        F.layer_norm(input, [_recipe.Width], _parameters[layer + ".weight"], _parameters[layer + ".bias"], 1e-5);

    private void Linear(string layer, double deviation, int inputs, int outputs)
    {
        Normal(layer + ".weight", deviation, inputs, outputs);
        Add(layer + ".bias", zeros(outputs));
    }

    private void Norm(string layer)
    {
        Add(layer + ".weight", ones(_recipe.Width));
        Add(layer + ".bias", zeros(_recipe.Width));
    }

    private void Normal(string name, double deviation, int rows, int columns) => Add(name, randn(rows, columns).mul_(deviation));

    private void Add(string name, Tensor tensor) => _parameters.Add(name, new Parameter(tensor));

    private static string BlockName(int layer) => string.Create(CultureInfo.InvariantCulture, $"transformer.h.{layer}.");
}
