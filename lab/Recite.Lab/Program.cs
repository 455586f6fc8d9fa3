using System.Globalization;
using Recite.Lab;
using Recite.Lab.Bench;
using Recite.Lab.Corpus;
using Recite.Lab.Export;
using Recite.Lab.Formats;
using Recite.Lab.Model;
using Recite.Lab.Tokenizer;
using TorchSharp;

const string Usage = """
    usage: Recite.Lab COMMAND ROOT [ARGUMENT]
      rebuild ROOT            canaries, tokenizer, training, export, checks and card: demo/ and models/demo
      smoke ROOT              the same in seconds with a small model, in a temporary folder
      bench ROOT FOLDER       models of two sizes and three random seeds, their twins, and one taught to repeat; continues
                              in FOLDER where it was interrupted; models/bench.json and docs/research.md
      check ROOT              whether two texts of the demo corpus share a run of 30 normalized bytes
      split ROOT FOLDER       copies new texts from FOLDER/<kind>/ into demo/corpus and demo/never-trained
      untrained ROOT FOLDER   exports the demo model as it is before training
    """;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length < 2)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

torch.set_num_threads(Recipe.Demo.Threads);
var demo = new DemoFolder(args[1]);
try
{
    switch (args)
    {
        case ["rebuild", _]:
            new Rebuild(demo, Recipe.Demo, Console.Error).Run();
            return 0;
        case ["smoke", _]:
            new Smoke(demo, Console.Error).Run();
            return 0;
        case ["bench", _, string folder]:
            new BenchRun(demo, folder, Console.Error).Run();
            return 0;
        case ["check", _]:
            CorpusCheck.Run([.. demo.ReadTrained(), .. demo.ReadNeverTrained()]);
            return 0;
        case ["split", _, string from]:
            Split.Copy(from, demo, Recipe.Demo.Seed);
            return 0;
        case ["untrained", _, string folder]:
            Vocabulary vocabulary = BpeTrainer.Train(demo.ReadTrained().Select(text => text.Text), Recipe.Demo.VocabularyTokens);
            using (var model = new Llama(Recipe.Demo, vocabulary.Count))
                OptimumFolder.Write(folder, Recipe.Demo, model, vocabulary);
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (LabException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
