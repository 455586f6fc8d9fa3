using Recite.Lab.Model;
using Recite.Lab.Tokenizer;

namespace Recite.Lab.Export;

/// <summary>Writes a model folder as Optimum lays it out.</summary>
internal static class OptimumFolder
{
    public static void Write(string folder, Recipe recipe, Llama model, Vocabulary vocabulary)
    {
        Directory.CreateDirectory(folder);
        ConfigFiles.Write(folder, recipe, vocabulary.Count, vocabulary.Separator);
        TokenizerFiles.Write(folder, vocabulary, recipe.ContextTokens);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), new DecoderGraph(recipe, model.ToWeights()).Build());
    }
}
