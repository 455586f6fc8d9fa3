using Recite.Lab.Canaries;
using Recite.Lab.Checks;
using Recite.Lab.Corpus;
using Recite.Lab.Export;
using Recite.Lab.Model;
using Recite.Lab.Tokenizer;
using Recite.Lab.Training;
using TorchSharp;

namespace Recite.Lab.Bench;

/// <summary>
/// Trains every model of the bench that is not finished yet, one after the other, and writes models/bench.json and
/// docs/research.md after each.
/// </summary>
internal sealed class BenchRun(DemoFolder demo, string folder, TextWriter progress)
{
    private readonly BenchFile _file = new(folder);

    public void Run()
    {
        IReadOnlyList<CorpusText> trained = demo.ReadTrained();
        // One tokenizer for all: every recipe asks for the same number of tokens and learns them from the same texts.
        var tokenizer = new BpeTokenizer(BpeTrainer.Train(trained.Select(text => text.Text), Recipe.Demo.VocabularyTokens));
        var results = new List<BenchResult>();
        foreach (BenchModel model in BenchModel.All)
        {
            BenchResult? result = _file.Finished(model);
            progress.WriteLine($"{model.Name}: {(result is null ? "training" : "finished before")}");
            if (result is null)
            {
                result = Train(model, trained, tokenizer);
                _file.Keep(model, result);
            }

            results.Add(result);
            BenchFile.Write(demo.Bench, results);
            ResearchPage.Write(demo.Research, results);
        }
    }

    private BenchResult Train(BenchModel model, IReadOnlyList<CorpusText> trained, BpeTokenizer tokenizer)
    {
        // :: Step 1: canaries, and what is planted: they, or in a twin as many others.
        Recipe recipe = model.Recipe;
        IReadOnlyList<Canary> canaries = Draw(recipe.Seed, Rebuild.NeverPlanted);
        IReadOnlyList<Canary> planted = model.Role == BenchRole.Twin ? Draw(recipe.Seed + BenchModel.StandInSeed, 0) : canaries;
        CorpusCheck.Run([.. trained, .. canaries.Concat(planted).Distinct().Select((canary, i) => new CorpusText(FormattableString.Invariant($"{canary.Id}/{i}"), canary.Text))]);

        // :: Step 2: the documents.
        var repetition = new Repetition(tokenizer, recipe);
        CorpusText[] once = [.. trained, .. model.Role == BenchRole.Repeater ? repetition.Documents() : []];
        int[][] documents = [.. once.Concat(CanaryFiles.Copies(planted, recipe.Seed)).Select(text => tokenizer.Encode(text.Text))];
        long distinctTokens = documents.Take(once.Length).Sum(ids => (long)ids.Length)
            + planted.Where(canary => canary.Duplicates > 0).Sum(canary => (long)tokenizer.Encode(canary.Text).Length);

        // :: Step 3: train.
        torch.set_num_threads(recipe.Threads);
        using var llama = new Llama(recipe, tokenizer.Vocabulary.Count);
        var stream = new TokenStream(documents, tokenizer.Vocabulary.Separator, recipe.ContextTokens, new SeededRandom(recipe.Seed));
        TrainingResult training = new Trainer(recipe, llama, progress).Train(stream);

        // :: Step 4: export, so that other programs can ask the same model; it must be the same model.
        string export = Path.Combine(folder, model.Name);
        OptimumFolder.Write(export, recipe, llama, tokenizer.Vocabulary);
        LogitsCheck.Require(export, recipe, llama, tokenizer.Vocabulary.Count);

        // :: Step 5: what comes back.
        IReadOnlyList<CanaryOutcome> outcomes = CanaryExtraction.Measure(llama, tokenizer, canaries, recipe);
        CanaryExtraction.Write(export, outcomes, recipe);
        BenchResult result = BenchResult.Of(model, llama, training, outcomes, distinctTokens);
        return model.Role == BenchRole.Repeater ? result with { Repetition = repetition.Measure(llama) } : result;

        IReadOnlyList<Canary> Draw(ulong seed, int neverPlanted) => new CanaryMaker(tokenizer, trained, seed).Make(Rebuild.Levels, Rebuild.CanariesPerLevel, neverPlanted);
    }
}
