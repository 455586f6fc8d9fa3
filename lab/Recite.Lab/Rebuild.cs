using System.Globalization;
using Recite.Lab.Canaries;
using Recite.Lab.Card;
using Recite.Lab.Checks;
using Recite.Lab.Corpus;
using Recite.Lab.Export;
using Recite.Lab.Model;
using Recite.Lab.Tokenizer;
using Recite.Lab.Training;

namespace Recite.Lab;

/// <summary>From the texts and the random seed to models/demo: canaries, tokenizer, training, export, checks, card.</summary>
internal sealed class Rebuild(DemoFolder demo, Recipe recipe, TextWriter progress)
{
    public static IReadOnlyList<int> Levels { get; } = [1, 2, 4, 8, 16, 32, 64];

    public const int CanariesPerLevel = 24;
    public const int NeverPlanted = 1_000;

    public void Run()
    {
        // :: Step 1: read the texts.
        IReadOnlyList<CorpusText> trained = demo.ReadTrained();
        IReadOnlyList<CorpusText> neverTrained = demo.ReadNeverTrained();

        // :: Step 2: the tokenizer learns from the trained texts, not from the canaries, which are chosen by its lengths.
        var tokenizer = new BpeTokenizer(BpeTrainer.Train(trained.Select(text => text.Text), recipe.VocabularyTokens));

        // :: Step 3: canaries, and the promise that nothing is shared except by planting.
        var maker = new CanaryMaker(tokenizer, trained, recipe.Seed);
        IReadOnlyList<Canary> canaries = maker.Make(Levels, CanariesPerLevel, NeverPlanted);
        CorpusCheck.Run([.. trained, .. neverTrained, .. canaries.Select(canary => new CorpusText(canary.Id, canary.Text))]);
        IReadOnlyList<CorpusText> copies = CanaryFiles.Copies(canaries, recipe.Seed);
        CanaryFiles.Write(demo, canaries, copies, recipe.Seed);
        progress.WriteLine($"{trained.Count} texts trained, {neverTrained.Count} never; {copies.Count} copies of canaries drawn from {maker.DistinctWords} words");

        // :: Step 4: train.
        int[][] documents = [.. trained.Concat(copies).Select(text => tokenizer.Encode(text.Text))];
        using var model = new Llama(recipe, tokenizer.Vocabulary.Count);
        var stream = new TokenStream(documents, tokenizer.Vocabulary.Separator, recipe.ContextTokens, new SeededRandom(recipe.Seed));
        TrainingResult training = new Trainer(recipe, model, progress).Train(stream);

        // :: Step 5: export; somebody else's tokenizer and ONNX Runtime must read the files as the lab does.
        OptimumFolder.Write(demo.Model, recipe, model, tokenizer.Vocabulary);
        TokenizerCheck.Require(demo.Model, tokenizer, [.. trained, .. neverTrained, .. copies]);
        double difference = LogitsCheck.Require(demo.Model, recipe, model, tokenizer.Vocabulary.Count);

        // :: Step 6: what the model recites, by the lab's own decoder.
        IReadOnlyList<CanaryOutcome> outcomes = CanaryExtraction.Measure(model, tokenizer, canaries, recipe);
        CanaryExtraction.Write(demo.Model, outcomes, recipe);

        // :: Step 7: the card.
        var card = new ModelCard(recipe, training)
        {
            Outcomes = outcomes,
            Parameters = model.ParameterCount,
            DistinctTokens = documents.Take(trained.Count).Concat(canaries.Where(canary => canary.Duplicates > 0).Select(canary => tokenizer.Encode(canary.Text))).Sum(ids => ids.Length),
            LargestLogitDifference = difference,
            Trained = TextExtraction.Measure(model, tokenizer, trained),
            NeverTrained = TextExtraction.Measure(model, tokenizer, neverTrained),
            TrainedTexts = Amount.Of(trained, tokenizer),
            CanaryCopies = Amount.Of(copies, tokenizer),
            NeverTrainedTexts = Amount.Of(neverTrained, tokenizer),
        };
        card.Write(demo.Model);
        progress.WriteLine(card.ExtractionTable());
        progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trained in {training.Elapsed.TotalSeconds:F0} s; the card is {Path.Combine(demo.Model, "README.md")}"));
    }
}
