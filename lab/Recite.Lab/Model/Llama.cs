using System.Globalization;
using Recite.Lab.Formats;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Recite.Lab.Model;

/// <summary>
/// A LLaMA decoder (Touvron et al. 2023: RMSNorm, rotary positions, SwiGLU, no biases) as plain tensors under the names of the
/// transformers library; matrices are [out, in] as there, the output layer is the token embedding.
/// </summary>
internal sealed class Llama : IDisposable
{
    private readonly Dictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);
    private readonly Recipe _recipe;
    private readonly Tensor _cosines;
    private readonly Tensor _sines;

    public Llama(Recipe recipe, int vocabularyTokens)
    {
        _recipe = recipe;
        random.manual_seed((long)recipe.Seed);
        Normal("model.embed_tokens.weight", 0.02, vocabularyTokens, recipe.Width);
        // Residual branches start smaller, so that the sum over layers starts at unit scale (Radford et al. 2019, section 2.3).
        double residual = 0.02 / Math.Sqrt(2 * recipe.Layers);
        for (int layer = 0; layer < recipe.Layers; layer++)
        {
            string block = BlockName(layer);
            Norm(block + "input_layernorm.weight");
            Normal(block + "self_attn.q_proj.weight", 0.02, recipe.Width, recipe.Width);
            Normal(block + "self_attn.k_proj.weight", 0.02, recipe.Width, recipe.Width);
            Normal(block + "self_attn.v_proj.weight", 0.02, recipe.Width, recipe.Width);
            Normal(block + "self_attn.o_proj.weight", residual, recipe.Width, recipe.Width);
            Norm(block + "post_attention_layernorm.weight");
            Normal(block + "mlp.gate_proj.weight", 0.02, recipe.FeedForwardWidth, recipe.Width);
            Normal(block + "mlp.up_proj.weight", 0.02, recipe.FeedForwardWidth, recipe.Width);
            Normal(block + "mlp.down_proj.weight", residual, recipe.Width, recipe.FeedForwardWidth);
        }

        Norm("model.norm.weight");
        using Tensor angles = outer(arange(recipe.ContextTokens, float32), tensor(RotaryFrequencies.Of(recipe)));
        using Tensor twice = cat([angles, angles], 1);
        (_cosines, _sines) = (twice.cos(), twice.sin());
    }

    public IReadOnlyDictionary<string, Parameter> Parameters => _parameters;

    public long ParameterCount => _parameters.Values.Sum(parameter => parameter.numel());

    /// <summary>Logits [batch, tokens, vocabulary] of token ids [batch, tokens]; every row starts at position 0.</summary>
    public Tensor Forward(Tensor ids)
    {
        using DisposeScope scope = NewDisposeScope();
        (long batch, long tokens) = (ids.shape[0], ids.shape[1]);
        Tensor table = _parameters["model.embed_tokens.weight"];
        Tensor hidden = table.index_select(0, ids.flatten()).view(batch, tokens, _recipe.Width);
        for (int layer = 0; layer < _recipe.Layers; layer++)
        {
            string block = BlockName(layer);
            Tensor normed = Normalize(hidden, block + "input_layernorm.weight");
            Tensor query = Rotate(Heads(Project(normed, block + "self_attn.q_proj.weight")));
            Tensor key = Rotate(Heads(Project(normed, block + "self_attn.k_proj.weight")));
            Tensor seen = F.scaled_dot_product_attention(query, key, Heads(Project(normed, block + "self_attn.v_proj.weight")), is_casual: true);
            hidden = hidden + Project(seen.transpose(1, 2).reshape(batch, tokens, _recipe.Width), block + "self_attn.o_proj.weight");
            normed = Normalize(hidden, block + "post_attention_layernorm.weight");
            Tensor wide = F.silu(Project(normed, block + "mlp.gate_proj.weight")) * Project(normed, block + "mlp.up_proj.weight");
            hidden = hidden + Project(wide, block + "mlp.down_proj.weight");
        }

        return Project(Normalize(hidden, "model.norm.weight"), "model.embed_tokens.weight").MoveToOuterDisposeScope();
    }

    /// <summary>The weights as arrays, for the exporter.</summary>
    public IReadOnlyDictionary<string, Weights> ToWeights() =>
        _parameters.ToDictionary(entry => entry.Key, entry => new Weights(entry.Value.shape, [.. entry.Value.detach().data<float>()]), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (Parameter parameter in _parameters.Values)
            parameter.Dispose();
        _cosines.Dispose();
        _sines.Dispose();
    }

    // Mixed precision: products in bfloat16 (twice as fast where the processor has AVX512-BF16), everything else in float32.
    private Tensor Project(Tensor input, string matrix)
    {
        Tensor transposed = _parameters[matrix].t();
        return _recipe.MixedPrecision && is_grad_enabled()
            ? input.to(ScalarType.BFloat16).matmul(transposed.to(ScalarType.BFloat16)).to(ScalarType.Float32)
            : input.matmul(transposed);
    }

    private Tensor Heads(Tensor joined) => joined.view(joined.shape[0], joined.shape[1], _recipe.Heads, _recipe.HeadWidth).transpose(1, 2);

    /// <summary>Turns each pair of components i and i + half a head by the angle of its position (Su et al. 2021, paired as in transformers).</summary>
    private Tensor Rotate(Tensor heads)
    {
        Tensor[] halves = heads.chunk(2, -1);
        return (heads * _cosines.narrow(0, 0, heads.shape[2])) + (cat([-halves[1], halves[0]], -1) * _sines.narrow(0, 0, heads.shape[2]));
    }

    private Tensor Normalize(Tensor input, string weight) =>
        input * (input.square().mean([-1], keepdim: true) + Recipe.NormEpsilon).rsqrt() * _parameters[weight];

    private void Norm(string name) => Add(name, ones(_recipe.Width));

    private void Normal(string name, double deviation, int rows, int columns) => Add(name, randn(rows, columns).mul_(deviation));

    private void Add(string name, Tensor tensor) => _parameters.Add(name, new Parameter(tensor));

    private static string BlockName(int layer) => string.Create(CultureInfo.InvariantCulture, $"model.layers.{layer}.");
}
