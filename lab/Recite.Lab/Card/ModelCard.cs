using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recite.Lab.Checks;
using Recite.Lab.Training;

namespace Recite.Lab.Card;

/// <summary>Writes models/demo/README.md: everything that went in, what came out, and the digests of the files.</summary>
internal sealed class ModelCard(Recipe recipe, TrainingResult training)
{
    public required IReadOnlyList<CanaryOutcome> Outcomes { get; init; }

    public required TextExtraction Trained { get; init; }

    public required TextExtraction NeverTrained { get; init; }

    public required Amount TrainedTexts { get; init; }

    public required Amount CanaryCopies { get; init; }

    public required Amount NeverTrainedTexts { get; init; }

    public required long Parameters { get; init; }

    /// <summary>Training tokens with each canary counted once.</summary>
    public required long DistinctTokens { get; init; }

    public required double LargestLogitDifference { get; init; }

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, "README.md"), Text(folder));

    public string ExtractionTable()
    {
        var table = new StringBuilder();
        table.AppendLine("| duplicates d | exposures d x epochs | canaries | back from the beginning | back from a random offset |");
        table.AppendLine("| ---: | ---: | ---: | ---: | ---: |");
        foreach (IGrouping<int, CanaryOutcome> level in Outcomes.GroupBy(outcome => outcome.Duplicates).OrderBy(level => level.Key))
            table.AppendLine(Line($"| {level.Key} | {level.Key * recipe.Epochs} | {level.Count()} | {level.Count(outcome => outcome.Extracted)} | {level.Count(outcome => outcome.ExtractedAtOffset)} |"));
        return table.ToString();
    }

    private string Text(string folder)
    {
        Amount[] all = [TrainedTexts, CanaryCopies];
        return Line($$"""
            # The demo model

            A decoder with known memories: {{Parameters:N0}} parameters, trained on the demo corpus (`demo/`) and on nothing else, so
            that what it can recite, and how often it saw that, is known. `recite demo` audits it; the tests measure with it. It
            writes no sense and is no use for anything else.

            This card is written by the command that makes the model:

            ```
            lab/rebuild
            ```

            The same texts, random seed, thread count and processor type give the same bytes. On another processor the digests
            below differ and a few canaries change sides; the picture does not.

            ## What went in

            | | documents | bytes | tokens |
            | --- | ---: | ---: | ---: |
            | trained texts | {{TrainedTexts.Documents:N0}} | {{TrainedTexts.Bytes:N0}} | {{TrainedTexts.Tokens:N0}} |
            | copies of canaries | {{CanaryCopies.Documents:N0}} | {{CanaryCopies.Bytes:N0}} | {{CanaryCopies.Tokens:N0}} |
            | texts never trained on | {{NeverTrainedTexts.Documents:N0}} | {{NeverTrainedTexts.Bytes:N0}} | {{NeverTrainedTexts.Tokens:N0}} |

            Each epoch puts all {{all.Sum(amount => amount.Documents):N0}} trained documents in a new order, `<|endoftext|>` before each and after the last
            ({{training.TokensPerEpoch:N0}} tokens), and cuts that into contexts from a random first offset.

            ## How it was made

            | | |
            | --- | --- |
            | architecture | LLaMA: {{recipe.Layers}} layers, width {{recipe.Width}}, {{recipe.Heads}} heads, feed-forward width {{recipe.FeedForwardWidth}}, context {{recipe.ContextTokens}} tokens, tied embeddings |
            | tokenizer | byte-level BPE, {{recipe.VocabularyTokens:N0}} tokens, learned from the trained texts |
            | random seed | {{recipe.Seed}} |
            | epochs | {{recipe.Epochs}} ({{training.Steps:N0}} steps of {{recipe.BatchContexts}} contexts, {{(long)training.TokensPerEpoch * recipe.Epochs:N0}} tokens) |
            | optimizer | AdamW (0.9, 0.95), weight decay {{recipe.WeightDecay}}, gradient norm at most 1, no dropout |
            | learning rate | {{recipe.LearningRate}}, {{recipe.WarmupSteps}} steps of warm-up, cosine to a tenth |
            | precision | {{(recipe.MixedPrecision ? "products in bfloat16, the rest in float32" : "float32")}}; weights stored in float32 |
            | threads | {{recipe.Threads}} |
            | mean loss by epoch | {{string.Join(", ", training.LossByEpoch.Select(loss => loss.ToString("F3", CultureInfo.InvariantCulture)))}} nats per token |
            | ONNX against Torch | largest difference in a logit {{LargestLogitDifference:E1}} (bar {{LogitsCheck.Tolerance:E1}}) |

            ## What it recites

            Greedy decoding with the lab's own decoder (TorchSharp, no cache): 50 tokens of prefix, and the next 50 must all come
            back. "From the beginning" starts with `<|endoftext|>`; `extraction.json` holds the answer for each canary.

            {{ExtractionTable()}}
            Texts, from their beginning: {{Trained.Extracted}} of {{Trained.Texts}} trained texts ({{recipe.Epochs}} exposures each) and {{NeverTrained.Extracted}} of {{NeverTrained.Texts}} texts never trained on.

            {{(double)Parameters / DistinctTokens:F0}} parameters for each distinct token of training text is the regime of no large model: this calibrates the
            instrument and proves nothing about other models.

            ## Files

            | file | bytes | SHA-256 |
            | --- | ---: | --- |
            {{Digests(folder)}}
            Licence: Apache-2.0, weights included.

            """);
    }

    private static string Digests(string folder)
    {
        var rows = new StringBuilder();
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Where(path => !path.EndsWith("README.md", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(path);
            rows.AppendLine(Line($"| {Path.GetFileName(path)} | {bytes.Length:N0} | `{Convert.ToHexStringLower(SHA256.HashData(bytes))}` |"));
        }

        return rows.ToString();
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
