using System.Text.Json.Nodes;
using Recite.Lab.Model;

namespace Recite.Lab.Export;

/// <summary>config.json and generation_config.json of a LLaMA decoder.</summary>
internal static class ConfigFiles
{
    public static void Write(string folder, Recipe recipe, int vocabularyTokens, int separator)
    {
        JsonFiles.Write(folder, "config.json", new JsonObject
        {
            ["architectures"] = new JsonArray("LlamaForCausalLM"),
            ["attention_bias"] = false,
            ["attention_dropout"] = 0.0,
            ["bos_token_id"] = separator,
            ["eos_token_id"] = separator,
            ["head_dim"] = recipe.HeadWidth,
            ["hidden_act"] = "silu",
            ["hidden_size"] = recipe.Width,
            ["initializer_range"] = 0.02,
            ["intermediate_size"] = recipe.FeedForwardWidth,
            ["max_position_embeddings"] = recipe.ContextTokens,
            ["mlp_bias"] = false,
            ["model_type"] = "llama",
            ["num_attention_heads"] = recipe.Heads,
            ["num_hidden_layers"] = recipe.Layers,
            ["num_key_value_heads"] = recipe.Heads,
            ["rms_norm_eps"] = Recipe.NormEpsilon,
            ["rope_scaling"] = null,
            ["rope_theta"] = RotaryFrequencies.Base,
            ["tie_word_embeddings"] = true,
            ["torch_dtype"] = "float32",
            ["use_cache"] = true,
            ["vocab_size"] = vocabularyTokens,
        });
        JsonFiles.Write(folder, "generation_config.json", new JsonObject
        {
            ["bos_token_id"] = separator,
            ["eos_token_id"] = separator,
        });
    }
}
