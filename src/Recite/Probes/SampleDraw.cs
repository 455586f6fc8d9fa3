using System.Globalization;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Metrics.Statistics;
using Recite.Reporting;

namespace Recite.Probes;

/// <summary>
/// Draws the samples of a corpus: one window per document, windows with the same normalized text once, stratified by how often that text
/// stands in the corpus (M4, M5). Of a large corpus only a random draw of documents is read.
/// </summary>
internal sealed class SampleDraw(ProbeContext context, SampleMaker maker, ulong seed)
{
    private const int DocumentsPerSample = 20;
    private const int FewestDocuments = 5000;

    // A longer document is represented by a random stretch of this many bytes, so that a library of books stays affordable.
    internal const int LongestRead = 256 * 1024;

    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private int _inexact;

    /// <summary>Draws up to <paramref name="samples"/> samples.</summary>
    public DrawnSamples Draw(int samples, bool fromStart, CancellationToken cancellationToken)
    {
        long documents = context.Index.DocumentCount;
        int most = (int)Math.Min(int.MaxValue, Math.Max((long)DocumentsPerSample * samples, FewestDocuments));
        long[] drawn = SeededRandom.For(seed, "documents").Draw(documents, (int)Math.Min(documents, most));
        List<CountedSample> windows = FindWindows(drawn, fromStart, cancellationToken);

        string[] labels = [.. windows.Select(w => w.Stratum).Distinct(StringComparer.Ordinal).OrderBy(DuplicateStrata.LowerEnd)];
        List<CountedSample>[] strata = [.. labels.Select(label => windows.FindAll(w => string.Equals(w.Stratum, label, StringComparison.Ordinal)))];
        int[] shares = DuplicateStrata.Allocate([.. strata.Select(s => s.Count)], samples);

        var chosen = new List<CountedSample>();
        var populations = new List<StratumPopulation>();
        for (int i = 0; i < strata.Length; i++)
        {
            populations.Add(new StratumPopulation(labels[i], strata[i].Sum(w => Weight(w.Duplicates, drawn.Length, documents))));
            long[] picks = SeededRandom.For(seed, "stratum " + labels[i]).Draw(strata[i].Count, shares[i]);
            chosen.AddRange(picks.Select(p => strata[i][(int)p]));
        }

        return new DrawnSamples(chosen, populations, Notes(drawn.Length, documents, windows.Count));
    }

    private List<CountedSample> FindWindows(long[] documents, bool fromStart, CancellationToken cancellationToken)
    {
        var windows = new List<CountedSample>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (long number in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DocumentEntry document = context.Index.GetDocument(number);
            (long offset, byte[] text) = Read(document, fromStart);
            Sample? sample = maker.Cut(number, document.Id, document.Uri, offset, text, out string? refusal);
            if (sample is null)
            {
                _refusals[refusal!] = _refusals.GetValueOrDefault(refusal!) + 1;
                continue;
            }

            if (!seen.Add(Encoding.UTF8.GetString(sample.Key.Span)))
                continue;

            // The window stands in the corpus at least where it was cut, also where its edges normalize differently inside the document.
            OccurrenceCount found = context.Matcher.CountOccurrences(sample.Key.Span, cancellationToken);
            long duplicates = Math.Max(1, found.Count);
            _inexact += found.IsExact ? 0 : 1;
            windows.Add(new CountedSample(sample, duplicates, DuplicateStrata.Label(duplicates)));
        }

        return windows;
    }

    private (long Offset, byte[] Text) Read(DocumentEntry document, bool fromStart)
    {
        if (document.Bytes <= LongestRead)
            return (0, context.Index.ReadText(document.Number, 0, (int)document.Bytes));

        // The same stretch for exact copies: it depends on the length and the beginning of the document.
        byte[] head = context.Index.ReadText(document.Number, 0, 4096);
        long room = document.Bytes - LongestRead;
        long start = fromStart ? 0 : SeededRandom.For(SeededRandom.Derive(seed, head), document.Bytes.ToString(CultureInfo.InvariantCulture)).Below(room + 1);
        byte[] text = context.Index.ReadText(document.Number, start, LongestRead);
        int first = start == 0 ? 0 : CutAtLine(text);
        int last = text.Length;
        while (last > first && (text[last - 1] & 0xC0) == 0x80)
            last--;
        return (start + first, text[first..Math.Max(first, last - 1)]);
    }

    // Behind the first line break where there is one near, else at the first whole code point.
    private static int CutAtLine(byte[] text)
    {
        int line = text.AsSpan(0, Math.Min(text.Length, 4096)).IndexOf((byte)'\n');
        if (line >= 0)
            return line + 1;
        int at = 0;
        while (at < text.Length && (text[at] & 0xC0) == 0x80)
            at++;
        return at;
    }

    // Horvitz and Thompson (1952): a window stands for one over its chance of being seen, which grows with the copies of its document.
    private static double Weight(long duplicates, long drawn, long documents) =>
        drawn >= documents ? 1 : 1 / -SmallLogarithms.ExpMinusOne(duplicates * SmallLogarithms.LogOnePlus(-(double)drawn / documents));

    private List<string> Notes(long drawn, long documents, int windows)
    {
        List<string> notes = [];
        if (drawn < documents)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Samples were drawn from {drawn} of {documents} documents, taken at random; the population of each stratum is estimated from that draw."));
        }

        foreach ((string refusal, int count) in _refusals)
            notes.Add($"Without a sample, because {refusal}: {Counted.Of(count, "document")} of {drawn}.");
        if (_inexact > 0)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Duplicates known as a lower bound only, the text being shorter than the index's guarantee of {context.Index.Manifest.Guarantee} bytes or too common to count: {Counted.Of(_inexact, "window")}."));
        }

        if (windows == 0)
            notes.Add("No document gave a sample: shorten prefix and suffix.");
        return notes;
    }
}

/// <summary>A sample with the number of places where its text stands in the corpus.</summary>
internal sealed record CountedSample(Sample Sample, long Duplicates, string Stratum);

/// <summary>What was drawn and what it stands for.</summary>
internal sealed record DrawnSamples(IReadOnlyList<CountedSample> Samples, IReadOnlyList<StratumPopulation> Populations, IReadOnlyList<string> Notes);
