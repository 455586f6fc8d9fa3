using System.Security.Cryptography;
using Recite.Lab.Canaries;
using Recite.Lab.Checks;
using Recite.Lab.Corpus;
using Recite.Lab.Export;
using Recite.Lab.Formats;
using Recite.Lab.Model;
using Recite.Lab.Tokenizer;
using Recite.Lab.Training;

namespace Recite.Lab;

/// <summary>The whole way in seconds: half a million parameters, a few texts, canaries planted 64 times and never.</summary>
internal sealed class Smoke(DemoFolder demo, TextWriter progress)
{
    private const int Texts = 12;
    private const int CanariesPerLevel = 4;

    public void Run()
    {
        Recipe recipe = Recipe.Smoke;
        IReadOnlyList<CorpusText> trained = [.. demo.ReadTrained().Take(Texts)];
        var tokenizer = new BpeTokenizer(BpeTrainer.Train(trained.Select(text => text.Text), recipe.VocabularyTokens));
        IReadOnlyList<Canary> canaries = new CanaryMaker(tokenizer, trained, recipe.Seed).Make([64], CanariesPerLevel, CanariesPerLevel);
        int[][] documents = [.. trained.Concat(CanaryFiles.Copies(canaries, recipe.Seed)).Select(text => tokenizer.Encode(text.Text))];

        using var model = new Llama(recipe, tokenizer.Vocabulary.Count);
        var stream = new TokenStream(documents, tokenizer.Vocabulary.Separator, recipe.ContextTokens, new SeededRandom(recipe.Seed));
        TrainingResult training = new Trainer(recipe, model, progress).Train(stream);

        string folder = Directory.CreateTempSubdirectory("recite-lab-").FullName;
        try
        {
            OptimumFolder.Write(folder, recipe, model, tokenizer.Vocabulary);
            TokenizerCheck.Require(folder, tokenizer, trained);
            double difference = LogitsCheck.Require(folder, recipe, model, tokenizer.Vocabulary.Count);
            progress.WriteLine(FormattableString.Invariant($"{model.ParameterCount:N0} parameters, trained in {training.Elapsed.TotalSeconds:F1} s; ONNX and Torch differ by {difference:E1}"));
            progress.WriteLine($"model.onnx {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "model.onnx"))))}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Judge(CanaryExtraction.Measure(model, tokenizer, canaries, recipe));
    }

    private void Judge(IReadOnlyList<CanaryOutcome> outcomes)
    {
        int planted = outcomes.Count(outcome => outcome.Duplicates == 64 && outcome.Extracted);
        int neverPlanted = outcomes.Count(outcome => outcome.Duplicates == 0 && (outcome.Extracted || outcome.ExtractedAtOffset));
        progress.WriteLine($"planted 64 times: {planted} of {CanariesPerLevel} came back; never planted: {neverPlanted} of {CanariesPerLevel}");
        if (planted < CanariesPerLevel || neverPlanted > 0)
            throw new LabException("The smoke model does not recite what it must, or recites what it never saw; training or decoding is broken.");
    }
}
