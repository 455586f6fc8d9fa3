using System.Globalization;
using System.Text;
using Recite.Lab.Checks;

namespace Recite.Lab.Bench;

/// <summary>Writes docs/research.md: what the bench trained, what came back, and what that does not show.</summary>
internal static class ResearchPage
{
    public static void Write(string path, IReadOnlyList<BenchResult> results) => File.WriteAllText(path, Line($$"""
        # What small models recite, and how often they must have seen it

        This page is written by a command, figures included:

        ```
        lab/bench
        ```

        It trains decoders on the demo corpus with canaries, random sequences of ordinary words that are planted {{string.Join(", ", Rebuild.Levels)}}
        times, {{Rebuild.CanariesPerLevel}} of each, and {{Rebuild.NeverPlanted:N0}} that are never planted, and asks each canary's first {{CanaryExtraction.PrefixTokens}} tokens for the next {{CanaryExtraction.SuffixTokens}}, which must all come
        back (greedy decoding by the lab's own decoder: TorchSharp, without a cache). The random seed decides the canaries, the first
        weights and the order of the documents. {{Progress(results)}} The counts
        for programs are in [models/bench.json](../models/bench.json).

        **What this does not show.** These models have {{Ratios(results)}} parameters for each distinct token they were trained on, the bundled
        model twelve and more; a large language model has far fewer than one. With that much room a model can keep its whole corpus, so
        this is the regime of no large model: the bench calibrates the instrument and proves nothing about other models. And a text
        "seen once" was seen once in each epoch: the axis is exposures, copies times epochs.

        ## What was trained

        | model | random seed | parameters | layers x width | context | epochs | tokens an epoch | threads | mean loss by epoch, nats per token | training, s |
        | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- | ---: |
        {{Rows(results, Trained)}}
        AdamW, learning rate {{string.Join(", ", results.GroupBy(result => result.Size, StringComparer.Ordinal).Select(size => Line($"{size.First().Recipe.LearningRate} ({size.Key})")))}}, {{results[0].Recipe.WarmupSteps}} steps of warm-up, cosine to a tenth, products in bfloat16; tokenizer: byte-level BPE,
        {{results[0].Recipe.VocabularyTokens:N0}} tokens, learned from the texts. The seconds are of a shared machine.

        ## What came back

        Canaries back from their beginning, by copies; where it differs, the number from a random offset in brackets. The last
        column is the *level interval* in exposures: from the largest level up to which less than half came back to the smallest from
        which on half or more did. `recite selftest` fits a curve to the same counts and prints exposures-50 with its interval.

        | model | {{string.Join(" | ", Levels(results[0]).Select(level => Line($"{level.Duplicates} x")))}} | level interval |
        | --- |{{string.Concat(Levels(results[0]).Select(_ => " ---: |"))}} ---: |
        {{Rows(results.Where(result => result.Role != "twin"), CameBack)}}
        ## The twin

        A twin has the recipe, the texts and the random seed of its sibling, but other canaries stand where its sibling has its own.
        Both are asked for the sibling's canaries, so each canary is its own control.

        | size | random seed | only the model that saw them | both | only the twin | neither |
        | --- | ---: | ---: | ---: | ---: | ---: |
        {{Rows(results.Where(result => result.Role == "twin"), twin => Paired(twin, results))}}
        ## The model taught to repeat

        It also saw documents in which one word follows itself 600 times, half of them beginning with `{{Repetition.Ask("word")}}`.
        The question is whether repetition, left alone, ends by itself: if it does not, an end that a penalty brings about is the
        penalty's doing. Greedy decoding, no penalty, until the context is full.

        | words | said in the prompt | prompts | went on to the end | fewest repetitions | median | room |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: |
        {{Rows(results.SelectMany(result => result.Repetition ?? []), Repeated)}}
        "Withheld" words are not among those repeated in training. `lab/bench` leaves this model, as all others, as an Optimum folder
        in `artifacts/lab/bench`.

        """));

    private static string Progress(IReadOnlyList<BenchResult> results) => results.Count == BenchModel.All.Count
        ? Line($"All {results.Count} models are finished.")
        : Line($"{results.Count} of {BenchModel.All.Count} models are finished; the same command continues with the rest.");

    private static string Trained(BenchResult result) => Line(
        $"{Title(result)} | {result.Recipe.Seed} | {result.Parameters:N0} | {result.Recipe.Layers} x {result.Recipe.Width} | {result.Recipe.ContextTokens} | {result.Recipe.Epochs} | {result.TokensPerEpoch:N0} | {result.Recipe.Threads} | {string.Join(", ", result.LossByEpoch.Select(loss => loss.ToString("F3", CultureInfo.InvariantCulture)))} | {result.TrainingSeconds:F0}");

    private static string CameBack(BenchResult result) => Line(
        $"{Title(result)}, seed {result.Recipe.Seed} | {string.Join(" | ", Levels(result).Select(Cell))} | {LevelInterval.Of(result.Levels)}");

    private static string Cell(BenchLevel level) => level.Extracted == level.ExtractedAtOffset
        ? Line($"{level.Extracted} of {level.Canaries:N0}")
        : Line($"{level.Extracted} ({level.ExtractedAtOffset}) of {level.Canaries:N0}");

    private static string Paired(BenchResult twin, IReadOnlyList<BenchResult> results)
    {
        BenchResult sibling = results.Single(result => result.Role == "planted" && result.Size == twin.Size && result.Recipe.Seed == twin.Recipe.Seed);
        int both = sibling.Extracted.Intersect(twin.Extracted, StringComparer.Ordinal).Count();
        int onlySibling = sibling.Extracted.Count - both;
        int onlyTwin = twin.Extracted.Count - both;
        int neither = sibling.Levels.Sum(level => level.Canaries) - both - onlySibling - onlyTwin;
        return Line($"{twin.Size} | {twin.Recipe.Seed} | {onlySibling} | {both} | {onlyTwin} | {neither:N0}");
    }

    private static string Repeated(RepetitionOutcome outcome) => Line(
        $"{outcome.Words} | {outcome.Repetitions} | {outcome.Prompts} | {outcome.WentOn} | {outcome.ShortestTokens} | {outcome.MedianTokens} | {outcome.RoomTokens}");

    private static IEnumerable<BenchLevel> Levels(BenchResult result) => result.Levels.OrderBy(level => level.Duplicates);

    private static string Title(BenchResult result) => Line($"{result.Size}, {result.Role}");

    private static double PerToken(BenchResult result) => (double)result.Parameters / result.DistinctTokens;

    private static string Ratios(IReadOnlyList<BenchResult> results) => string.Join(" to ", ((double[])[results.Min(PerToken), results.Max(PerToken)])
        .Select(ratio => ratio.ToString("F1", CultureInfo.InvariantCulture)).Distinct(StringComparer.Ordinal));

    private static string Rows<T>(IEnumerable<T> items, Func<T, string> row)
    {
        var rows = new StringBuilder();
        foreach (T item in items)
            rows.Append("| ").Append(row(item)).AppendLine(" |");
        return rows.Length > 0 ? rows.ToString() : "| not trained yet |\n";
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
