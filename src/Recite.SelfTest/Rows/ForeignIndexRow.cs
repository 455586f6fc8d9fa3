using System.Globalization;
using System.Text;
using Recite.Config;
using Recite.Controls;
using Recite.Indexing.Corpora;
using Recite.Indexing.Text;
using Recite.Probes;
using Recite.Reporting;
using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>The curve of chance matches by length of outputs in an index.</summary>
/// <param name="context">The ground truth.</param>
/// <param name="foreign">An index that shares nothing with what the model was trained on.</param>
/// <param name="outputs">What the model said.</param>
/// <param name="cancellationToken">Stops the search.</param>
public delegate Curve ChanceCurve(SelfTestContext context, CorpusIndex foreign, IReadOnlyList<NormalizedText> outputs, CancellationToken cancellationToken);

/// <summary>
/// T11: of what the bundled model says after the beginnings of its own training texts, nothing of the headline length stands in texts that it
/// was never trained on, while in its own corpus much does.
/// </summary>
/// <param name="curve">The estimator.</param>
/// <param name="outputs">How many outputs are made.</param>
public sealed class ForeignIndexRow(ChanceCurve? curve = null, int outputs = 200) : ISelfTestRow
{
    private const int PromptTokens = 40;
    private const int OutputTokens = 80;

    private readonly ChanceCurve _curve = curve ?? Chance;

    /// <inheritdoc/>
    public string Id => "T11";

    /// <inheritdoc/>
    public string Bar => "foreign index: 0 chance hits at the headline length, where the model's own corpus has some";

    private static int HeadlineCharacters => new MatchConfig().MinLength.Value;

    /// <inheritdoc/>
    public async Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        string path = Path.Combine(context.Scratch, "foreign.rix");
        await CorpusBuilder.BuildAsync(context.NeverTrained.ToAsyncEnumerable(), path, new CorpusBuildOptions(), progress: null, cancellationToken);
        using CorpusIndex foreign = CorpusIndex.Open(path);
        List<NormalizedText> said = await SayAsync(context, cancellationToken);
        Curve chance = _curve(context, foreign, said, cancellationToken);
        double own = ShareAt(Chance(context, context.Corpus, said, cancellationToken), HeadlineCharacters);
        double atHeadline = ShareAt(chance, HeadlineCharacters);
        string points = string.Join(", ", chance.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0}c {p.Y * 100:0.#} %")));
        return new RowMeasure(
            string.Create(CultureInfo.InvariantCulture, $"{said.Count} outputs, share by length: {points}; at {HeadlineCharacters}c {atHeadline * 100:0.#} %, in the model's own corpus {own * 100:0.#} %"),
            said.Count > 0 && chance.Points.Count > 0 && atHeadline == 0 && own > 0);
    }

    internal static Curve Chance(SelfTestContext context, CorpusIndex foreign, IReadOnlyList<NormalizedText> outputs, CancellationToken cancellationToken) =>
        ForeignIndexNull.MeasureCurves(foreign, "prefix", outputs, 0.95, cancellationToken)[0];

    // A curve ends at the first length that nothing reaches; beyond its end it stays at 0.
    private static double ShareAt(Curve curve, int length) => curve.Points.Where(p => p.X >= length).Select(p => p.Y).DefaultIfEmpty(curve.Points.Count == 0 ? 0 : curve.Points[^1].Y).First();

    private async Task<List<NormalizedText>> SayAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        List<Document> documents = [.. context.CorpusDocuments];
        SeededRandom.For(context.Seed, "T11").Shuffle(documents);
        var requests = new List<CompletionRequest>();
        foreach (Document document in documents)
        {
            if (requests.Count == outputs)
                break;
            int[] tokens = [.. context.Target.Tokenizer!.Encode(Encoding.UTF8.GetString(document.Text.Span)).Take(PromptTokens).Select(t => t.Id)];
            if (tokens.Length < PromptTokens)
                continue;
            requests.Add(new CompletionRequest
            {
                Index = requests.Count,
                AttemptId = document.Id,
                Prompt = context.Target.Tokenizer.Decode(tokens),
                PromptTokens = tokens,
                MaxTokens = OutputTokens,
            });
        }

        var said = new NormalizedText[requests.Count];
        await foreach (Completion completion in context.Target.CompleteAsync(requests, cancellationToken))
            said[completion.RequestIndex] = context.Corpus.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(completion.Text));
        return [.. said];
    }
}
