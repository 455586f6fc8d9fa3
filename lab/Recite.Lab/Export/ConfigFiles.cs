using System.Text.Json.Nodes;

namespace Recite.Lab.Export;

/// <summary>config.json and generation_config.json of a GPT-2 decoder.</summary>
internal static class ConfigFiles
{
    public static void Write(string folder, Recipe recipe, int vocabularyTokens, int separator)
    {
        JsonFiles.Write(folder, "config.json", new JsonObject
        {
            ["activation_function"] = "gelu_new",
            ["architectures"] = new JsonArray("GPT2LMHeadModel"),
            ["attn_pdrop"] = 0.0,
            ["bos_token_id"] = separator,
            ["embd_pdrop"] = 0.0,
            ["eos_token_id"] = separator,
            ["initializer_range"] = 0.02,
            ["layer_norm_epsilon"] = 1e-5,
            ["model_type"] = "gpt2",
            ["n_ctx"] = recipe.ContextTokens,
            ["n_embd"] = recipe.Width,
            ["n_head"] = recipe.Heads,
            ["n_inner"] = null,
            ["n_layer"] = recipe.Layers,
            ["n_positions"] = recipe.ContextTokens,
            ["reorder_and_upcast_attn"] = false,
            ["resid_pdrop"] = 0.0,
            ["scale_attn_by_inverse_layer_idx"] = false,
            ["scale_attn_weights"] = true,
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
