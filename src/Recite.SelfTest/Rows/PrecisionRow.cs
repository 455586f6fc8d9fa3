using System.Globalization;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Probes;
using Recite.SelfTest.Oracles;

namespace Recite.SelfTest.Rows;

/// <summary>
/// T2: every span that an audit or a match reports stands in the corpus, and every source that it names holds those words, by
/// <see cref="FoldedScan"/> over the documents as they were read.
/// </summary>
/// <param name="audit">The audit; of the bundled model if <see langword="null"/>.</param>
/// <param name="match">The match; the product's if <see langword="null"/>.</param>
/// <param name="excerpts">How many rewritten excerpts of the corpus are matched, besides every text that was never trained.</param>
public sealed class PrecisionRow(AuditClaims? audit = null, MatchClaims? match = null, int excerpts = 500) : ISelfTestRow
{
    // An audit that claims hardly anything proves nothing about its claims.
    private const int LeastAuditSpans = 20;

    private readonly AuditClaims _audit = audit ?? ReportedSpans.OfAuditAsync;
    private readonly MatchClaims _match = match ?? ReportedSpans.OfMatch;

    /// <inheritdoc/>
    public string Id => "T2";

    /// <inheritdoc/>
    public string Bar => "100 % of the spans that an audit or a match reports stand in the corpus, at every source named, by a naive scan";

    /// <inheritdoc/>
    public async Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        var scan = new FoldedScan(context.CorpusDocuments);
        IReadOnlyList<ClaimedSpan> audited = await _audit(context, cancellationToken);
        var matched = new List<ClaimedSpan>();
        foreach (ReadOnlyMemory<byte> text in Texts(context))
            matched.AddRange(_match(context.Corpus, text, cancellationToken));

        int wrong = audited.Concat(matched).Count(claim => !Stands(claim, scan));
        int spans = audited.Count + matched.Count;
        string measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{spans - wrong:#,0} of {spans:#,0} spans stand there ({audited.Count:#,0} of an audit, {matched.Count:#,0} of matches; {audited.Concat(matched).Sum(claim => claim.Sources.Count):#,0} sources)");
        if (audited.Count < LeastAuditSpans || matched.Count < excerpts)
            return new RowMeasure($"{measured}; too few to prove anything, at least {LeastAuditSpans} and {excerpts} are needed", Holds: false);
        return new RowMeasure(measured, wrong == 0);
    }

    private static bool Stands(ClaimedSpan claim, FoldedScan scan)
    {
        if (claim.Start < 0 || claim.Start >= claim.End || claim.End > claim.Text.Length || claim.Sources.Count == 0)
            return false;
        string words = FoldedScan.Fold(claim.Text.Span[claim.Start..claim.End]);
        return words.Length > 0
            && scan.Holds(words)
            && claim.Sources.All(source => string.Equals(scan.Read(source.Document, source.Start, source.End), words, StringComparison.Ordinal));
    }

    private IEnumerable<ReadOnlyMemory<byte>> Texts(SelfTestContext context)
    {
        SeededRandom random = SeededRandom.For(context.Seed, "T2");
        Document[] trained = [.. context.CorpusDocuments.Where(document => document.Text.Length >= 200)];
        for (int i = 0; i < excerpts; i++)
        {
            Document held = context.NeverTrained[(int)random.Below(context.NeverTrained.Count)];
            Document source = trained[(int)random.Below(trained.Length)];
            yield return Rewrite(random, Cut(random, held), Cut(random, source), Cut(random, held));
        }

        foreach (Document document in context.NeverTrained)
            yield return document.Text;
    }

    // Long enough for the guarantee however it is cut, and at any byte: half characters at the ends too.
    private static ReadOnlySpan<byte> Cut(SeededRandom random, Document document)
    {
        int length = Math.Min(document.Text.Length, 140 + (int)random.Below(200));
        int start = (int)random.Below(document.Text.Length - length + 1);
        return document.Text.Span.Slice(start, length);
    }

    // Novel text, then the excerpt in other case and spacing, then novel text again.
    private static byte[] Rewrite(SeededRandom random, ReadOnlySpan<byte> before, ReadOnlySpan<byte> excerpt, ReadOnlySpan<byte> after)
    {
        string text = Encoding.UTF8.GetString(excerpt);
        string changed = random.Below(3) switch
        {
            0 => text,
            1 => text.ToUpperInvariant(),
            _ => text.Replace(" ", " \r\n -- ", StringComparison.Ordinal),
        };
        return [.. before, .. " "u8, .. Encoding.UTF8.GetBytes(changed), .. " "u8, .. after];
    }
}
