using System.Globalization;
using Recite.Config;
using Recite.Indexing.Corpora;

namespace Recite.Probes;

/// <summary>
/// Draws windows with multiplicity (M4, <c>population: tokens</c>): each token at which a window has room for its prefix and suffix is
/// equally likely, each byte where no tokenizer is known. A text that stands in the corpus ten times is drawn ten times as often, and one
/// document may give several windows, so that the rates have to be clustered. Strata by duplicates are weighed by their share of the draw.
/// </summary>
internal sealed class TokenDraw(ProbeContext context, SampleMaker maker, PrefixProbeConfig config, ulong seed)
{
    // Windows that are drawn before strata share the samples out; most tokens are longer than a byte, and many places have no room.
    private const int WindowsPerSample = 4;
    private const int TriesPerWindow = 25;
    private const int FewestTries = 2000;

    // What is read around a place, in bytes: enough for the window, and for the tokens at its ends to be what they are in the whole text.
    private const int LeastReach = 4096;
    private const int BytesPerUnit = 16;

    /// <summary>Draws up to <paramref name="samples"/> samples.</summary>
    public DrawnSamples Draw(int samples, CancellationToken cancellationToken)
    {
        var places = new DocumentPlaces(context.Index);
        var random = SeededRandom.For(seed, "tokens");
        int wanted = (int)Math.Min(int.MaxValue / 2, (long)WindowsPerSample * samples);
        long most = FewestTries + ((long)TriesPerWindow * wanted), tries = 0, fits = 0;
        var pool = new List<CountedSample>();
        var seen = new HashSet<(long Document, long Middle)>();
        int inexact = 0;
        while (pool.Count < wanted && tries < most && places.Bytes > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tries++;
            (long document, long place) = places.At(random.Below(places.Bytes));
            double luck = (random.Next() >> 11) * (1.0 / (1UL << 53));
            if (Cut(document, place, luck) is not { } sample)
                continue;
            fits++;
            if (!seen.Add((document, sample.Offset + sample.Window.Middle)))
                continue;
            Indexing.Matching.OccurrenceCount found = context.Matcher.CountOccurrences(sample.Key.Span, cancellationToken);
            long duplicates = Math.Max(1, found.Count);
            inexact += found.IsExact ? 0 : 1;
            pool.Add(new CountedSample(sample, duplicates, DuplicateStrata.Label(duplicates)));
        }

        double population = tries == 0 ? 0 : (double)places.Bytes * fits / tries;
        return Choose(pool, samples, population, [.. Notes(pool, population, inexact)]);
    }

    private DrawnSamples Choose(List<CountedSample> pool, int samples, double population, IReadOnlyList<string> notes)
    {
        string[] labels = [.. pool.Select(w => w.Stratum).Distinct(StringComparer.Ordinal).OrderBy(DuplicateStrata.LowerEnd)];
        List<CountedSample>[] strata = [.. labels.Select(label => pool.FindAll(w => string.Equals(w.Stratum, label, StringComparison.Ordinal)))];
        int[] shares = DuplicateStrata.Allocate([.. strata.Select(s => s.Count)], samples);
        var chosen = new List<CountedSample>();
        var populations = new List<StratumPopulation>();
        for (int i = 0; i < strata.Length; i++)
        {
            populations.Add(new StratumPopulation(labels[i], population * strata[i].Count / pool.Count));
            chosen.AddRange(SeededRandom.For(seed, "stratum " + labels[i]).Draw(strata[i].Count, shares[i]).Select(p => strata[i][(int)p]));
        }

        return new DrawnSamples(chosen, populations, notes);
    }

    private Sample? Cut(long number, long place, double luck)
    {
        DocumentEntry document = context.Index.GetDocument(number);
        long reach = Math.Min(SampleDraw.LongestRead / 2, Math.Max(LeastReach, (long)BytesPerUnit * Math.Max(config.Prefix.Value, config.Suffix.Value)));
        long first = Math.Max(0, place - reach);
        int length = (int)(Math.Min(document.Bytes, place + reach) - first);
        byte[] text = context.Index.ReadText(number, first, length);

        // Cut at whole code points, and behind a space where the text goes on before it: tokens begin anew there.
        int start = 0, end = text.Length;
        if (first > 0)
        {
            int space = text.AsSpan(0, Math.Min(text.Length, LeastReach / 4)).IndexOf((byte)' ');
            start = space >= 0 ? space + 1 : CountTrailing(text);
        }

        if (first + length < document.Bytes)
        {
            while (end > start && (text[end - 1] & 0xC0) == 0x80)
                end--;
            end = Math.Max(start, end - 1);
        }

        int at = (int)(place - first) - start;
        return at < 0 || at >= end - start ? null : maker.CutAt(document, first + start, text.AsMemory(start, end - start), at, luck);
    }

    private static int CountTrailing(byte[] text)
    {
        int at = 0;
        while (at < text.Length && (text[at] & 0xC0) == 0x80)
            at++;
        return at;
    }

    private IEnumerable<string> Notes(List<CountedSample> pool, double population, int inexact)
    {
        string unit = context.Target.Tokenizer is null ? "bytes, the tokenizer not being known" : "tokens";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"The population is tokens with multiplicity: about {population:0} {unit}, those at which a window has room for its prefix and suffix. Several windows may come from one document, so the intervals are clustered by document. The weights of the strata are their shares of {pool.Count} windows drawn, estimates that the interval of the headline takes as given; a stratum that this draw did not meet is not in it.");
        if (inexact > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Duplicates known as a lower bound only, the text being shorter than the index's guarantee of {context.Index.Manifest.Guarantee} bytes or too common to count: {Reporting.Counted.Of(inexact, "window")} of {pool.Count}.");
        }
    }
}
