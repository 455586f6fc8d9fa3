using System.Globalization;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Matching.Near;
using Recite.Probes;

namespace Recite.SelfTest.Rows;

/// <summary>
/// T16: passages of the bundled corpus, damaged in every way of <see cref="DamageKind"/> and hidden in texts that were never trained, are
/// looked for at four guarantees with a tolerance of 10 %. One is found where a single match at its own place holds half of its words. What
/// each near-verbatim match says of its edits and its borders is held against <see cref="Oracles.NaiveWordDistance"/>.
/// </summary>
/// <param name="match">What is tested; the product's matcher if <see langword="null"/>.</param>
/// <param name="passages">How many passages each cell has; the two that have a bar get ten times as many.</param>
public sealed class NearVerbatimRow(MatchEstimator? match = null, int passages = 120) : ISelfTestRow
{
    private const int BarWords = 50;
    private const int BarDamage = 10;
    private const int BarFactor = 10;
    private const double Held = 0.5;
    private const double BarAt32 = 0.99;
    private const double BarAt64 = 0.97;

    private static readonly int[] s_guarantees = [32, 64, 128, 200];
    private static readonly int[] s_lengths = [25, 50, 100, 200];

    private readonly MatchEstimator _match = match ?? FindAll;

    /// <inheritdoc/>
    public string Id => "T16";

    /// <inheritdoc/>
    public string Bar => "near-verbatim: passages of 50 words with 10 % of them changed are found, at least 99 % at g = 32 and 97 % at g = 64; edits and offsets true in every match";

    /// <inheritdoc/>
    public async Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        var truth = new MatchTruth(context.CorpusDocuments);
        CutDocument[] corpus = [.. context.CorpusDocuments.Select(CutDocument.Of)];
        string[] foreign = [.. context.NeverTrained.SelectMany(document => CutDocument.Of(document).Words.Select(word => word.Text))];
        var details = new List<string> { $"found with {new NearTolerance(10 * BarDamage)} of the words allowed to differ, in percent, by guarantee and words: {string.Join(", ", DamageKind.All.Select(kind => kind.Name))}" };
        var bars = new Dictionary<int, FoundCell>();
        foreach (int guarantee in s_guarantees)
        {
            string path = Path.Combine(context.Scratch, string.Create(CultureInfo.InvariantCulture, $"t16-{guarantee}.rix"));
            await CorpusBuilder.BuildAsync(context.CorpusDocuments.ToAsyncEnumerable(), path, new CorpusBuildOptions { Guarantee = guarantee }, progress: null, cancellationToken);
            using CorpusIndex index = CorpusIndex.Open(path);
            foreach (int words in s_lengths)
            {
                FoundCell[] cells = [.. DamageKind.All.AsParallel().AsOrdered().WithCancellation(cancellationToken)
                    .Select(kind => Measure(index, new CellPlan(guarantee, words, kind), PlanterOf(kind, words), truth, cancellationToken))];
                details.Add(string.Create(CultureInfo.InvariantCulture, $"g {guarantee}, {words} words: {string.Join(' ', cells.Select(cell => cell.Percent))}"));
                if (words == BarWords)
                    bars[guarantee] = cells[DamageKind.All.ToList().FindIndex(kind => kind.ChangedWords == BarDamage)];
            }
        }

        // The same passages at every guarantee, so that its cells can be compared.
        PassagePlanter PlanterOf(DamageKind kind, int words) =>
            new(corpus, foreign, SeededRandom.For(context.Seed, string.Create(CultureInfo.InvariantCulture, $"T16 {words} {kind.Name}")));
        FoundCell at32 = bars[32], at64 = bars[64];
        string measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{at32.Percent} % of {at32.Passages:#,0} at g = 32, {at64.Percent} % of {at64.Passages:#,0} at g = 64 (of their words the match holds {at32.MeanHeld * 100:0} and {at64.MeanHeld * 100:0} %); {truth.Wrong:#,0} of {truth.Checked:#,0} near-verbatim matches say something untrue of themselves");
        return new RowMeasure(measured, at32.Share >= BarAt32 && at64.Share >= BarAt64 && truth.Wrong == 0 && truth.Checked > passages) { Details = details };
    }

    private FoundCell Measure(CorpusIndex index, CellPlan plan, PassagePlanter planter, MatchTruth truth, CancellationToken cancellationToken)
    {
        int count = plan.Words == BarWords && plan.Kind.ChangedWords == BarDamage && plan.Guarantee <= 64 ? passages * BarFactor : passages;
        int planted = 0, found = 0;
        double held = 0;
        for (int i = 0; i < count; i++)
        {
            if (planter.Plant(plan.Words, plan.Kind) is not { } passage)
                break;
            IReadOnlyList<ReportedMatch> matches = _match(index, passage.Query, cancellationToken);
            double share = passage.HeldBy(matches);
            planted++;
            found += share >= Held ? 1 : 0;
            held += share;
            truth.Check(passage, matches);
        }

        return new FoundCell(planted, found, held);
    }

    private static List<ReportedMatch> FindAll(CorpusIndex index, ReadOnlyMemory<byte> query, CancellationToken cancellationToken) =>
    [
        .. new Matcher(index).Match(
            index.Normalizer.NormalizeWithMap(query), new MatchOptions { Near = new NearTolerance(10 * BarDamage), MaxSources = int.MaxValue }, cancellationToken).Matches,
    ];

    private sealed record CellPlan(int Guarantee, int Words, DamageKind Kind);

    private sealed record FoundCell(int Passages, int Found, double Held)
    {
        public double Share => Passages == 0 ? 0 : (double)Found / Passages;

        public double MeanHeld => Passages == 0 ? 0 : Held / Passages;

        public string Percent => Passages == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Share * 100:0.0}");
    }
}
