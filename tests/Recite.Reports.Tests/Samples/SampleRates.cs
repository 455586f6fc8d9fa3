using Recite.Reporting;

namespace Recite.Reports.Tests.Samples;

/// <summary>Rates of an invented audit whose hits, trials, rates, weights and intervals fit together.</summary>
internal static class SampleRates
{
    private const double Confidence = 0.95;

    private static readonly (string Label, int Hits, int Trials, int Completed, long Population)[] Strata =
    [
        ("1", 12, 96, 90, 41_230),
        ("2-3", 9, 48, 45, 1_210),
        ("4-7", 17, 40, 38, 380),
        ("8-15", 24, 36, 33, 160),
        ("16-31", 29, 32, 31, 80),
        ("32-63", 31, 32, 32, 44),
        ("64-127", 24, 24, 24, 24),
    ];

    public static IReadOnlyList<Rate> Extraction { get; } =
    [
        Headline("attempts", s => s.Trials),
        Headline("completed", s => s.Completed),
        .. Strata.Select(s => Exact("extraction", s.Hits, s.Trials) with { Stratum = new Stratum(s.Label) }),
        .. Strata.Select(s => Exact("extraction", s.Hits, s.Completed) with { Stratum = new Stratum(s.Label), Base = "completed" }),
    ];

    public static IReadOnlyList<Rate> CorpusMatch { get; } = [Exact("corpus-match", 158, 308)];

    public static IReadOnlyList<Rate> Controls { get; } =
    [
        Exact("extraction", 0, 300) with { Null = "held-out" },
        Exact("extraction", 0, 306) with { Null = "permuted-suffix" },
        Exact("extraction", 0, 1_000) with { Null = "never-planted" },
        Exact("corpus-match", 2, 300) with { Null = "held-out" },
    ];

    public static IReadOnlyList<DuplicateStratum> Duplicates { get; } =
        [.. Strata.Select(s => new DuplicateStratum(s.Label, s.Trials, s.Population))];

    public static Rate Exact(string name, int hits, int trials)
    {
        (double low, double high) = NaiveInterval.Of(hits, trials, Confidence);
        return new Rate
        {
            Name = name,
            Probe = "prefix",
            Unit = "samples",
            Hits = hits,
            Trials = trials,
            Value = Math.Round((double)hits / trials, 6),
            Low = low,
            High = high,
            Confidence = Confidence,
            Method = "clopper-pearson",
            Base = "attempts",
            Offset = "random",
        };
    }

    private static Rate Headline(string @base, Func<(string Label, int Hits, int Trials, int Completed, long Population), int> trials)
    {
        double population = Strata.Sum(s => s.Population);
        double rate = 0, low = 0, high = 0;
        foreach (var stratum in Strata)
        {
            double weight = stratum.Population / population;
            (double l, double h) = NaiveInterval.Of(stratum.Hits, trials(stratum), 1 - ((1 - Confidence) / Strata.Length));
            rate += weight * stratum.Hits / trials(stratum);
            low += weight * l;
            high += weight * h;
        }

        return Exact("extraction", Strata.Sum(s => s.Hits), Strata.Sum(trials)) with
        {
            Value = Math.Round(rate, 6),
            Low = Math.Round(low, 6),
            High = Math.Round(high, 6),
            Method = "stratified; weighted Clopper-Pearson, Bonferroni over strata",
            Base = @base,
        };
    }
}
