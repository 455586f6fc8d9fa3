using System.Globalization;
using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Text;
using Recite.Metrics.Statistics;
using Recite.Reporting;

namespace Recite.Gates;

/// <summary>
/// A threshold rule, for instance <c>extraction-rate &lt;= 1%</c> or <c>longest &lt; 100w</c>, that says what must hold. It is judged on the
/// unfavourable end of the interval: pass when the whole interval is on the right side, fail when none of it is, else inconclusive.
/// </summary>
public sealed record Gate
{
    private static readonly (string Sign, Comparison Comparison)[] s_signs =
    [
        ("<=", Comparison.LessOrEqual), (">=", Comparison.GreaterOrEqual), ("<", Comparison.Less), (">", Comparison.Greater),
    ];

    private Gate(string expression, string metric, Comparison comparison, double limit, LengthUnit? unit)
    {
        Expression = expression;
        Metric = metric;
        Comparison = comparison;
        Limit = limit;
        Unit = unit;
    }

    /// <summary>The rule as reports print it.</summary>
    public string Expression { get; }

    /// <summary>What is compared; one of <see cref="GateMetric.Names"/>.</summary>
    public string Metric { get; }

    /// <summary>How.</summary>
    public Comparison Comparison { get; }

    /// <summary>With what: a share from 0 to 1, or a length in <see cref="Unit"/>.</summary>
    public double Limit { get; }

    /// <summary>Words or characters for lengths; <see langword="null"/> for shares.</summary>
    public LengthUnit? Unit { get; }

    /// <summary>Reads a rule that must hold.</summary>
    /// <exception cref="ReciteException">The text is no rule; the message says what was expected.</exception>
    public static Gate Parse(string text) => Parse(text, forbidden: false);

    /// <summary>Reads a rule that must <em>not</em> hold (<c>--fail-on</c>): the gate is its opposite.</summary>
    /// <exception cref="ReciteException">The text is no rule; the message says what was expected.</exception>
    public static Gate ParseForbidden(string text) => Parse(text, forbidden: true);

    /// <summary>Judges the rule on what was measured, by <see cref="GateMetric.Key"/>.</summary>
    public GateResult Judge(IReadOnlyDictionary<string, GateMeasure> measures)
    {
        GateMeasure measure = measures.GetValueOrDefault(GateMetric.Key(Metric, Unit));
        bool hasInterval = Metric is not GateMetric.Longest;
        return new GateResult(Expression, Word(Judge(measure)), measure.Value, hasInterval ? measure.Low : null, hasInterval ? measure.High : null);
    }

    /// <summary>Judges the rule on one measurement.</summary>
    public Verdict Judge(GateMeasure measure)
    {
        if (measure.Low is not { } low || measure.High is not { } high)
            return Verdict.Inconclusive;

        bool lowHolds = Holds(low);
        bool highHolds = Holds(high);
        return (lowHolds, highHolds) switch
        {
            (true, true) => Verdict.Pass,
            (false, false) => Verdict.Fail,
            _ => Verdict.Inconclusive,
        };
    }

    /// <summary>
    /// How many samples an audit without a single hit needs to pass (M4): with so many in each stratum, the upper end of the weighted
    /// interval is at most the limit. <see langword="null"/> for rules on lengths and for rules that ask for a rate from a limit on.
    /// </summary>
    /// <remarks>Worked example: <c>extraction-rate &lt;= 1%</c> at 95 % with one stratum: ln(0.025) / ln(0.99) = 368 samples.</remarks>
    public int? SamplesToPass(int strata, double confidence)
    {
        if (Unit is not null || Limit is <= 0 or >= 1 || Comparison is Comparison.Greater or Comparison.GreaterOrEqual)
            return null;
        double each = Math.Ceiling(Math.Log((1 - confidence) / (2 * strata)) / SmallLogarithms.LogOnePlus(-Limit));
        return (int)Math.Min(int.MaxValue, each * strata);
    }

    /// <summary>
    /// How many samples an audit needs to pass where each stratum has as many hits as <paramref name="rate"/> expects, rounded up.
    /// <see langword="null"/> as above, where the rate is no smaller than the limit, and beyond a thousand million.
    /// </summary>
    /// <remarks>Worked example: <c>extraction-rate &lt;= 1%</c> at 95 % with one stratum and a true rate of 0.5 %: 1,573 samples with 8 hits.</remarks>
    public int? SamplesToPass(int strata, double confidence, double rate)
    {
        if (SamplesToPass(strata, confidence) is null || !(rate >= 0 && rate < Limit))
            return null;
        double each = 1 - ((1 - confidence) / strata);
        for (int hits = 0, fewest = 1; hits < 1_000_000; hits++)
        {
            // Samples enough for this many hits; as long as more hits than these are expected of them, one hit more is allowed for.
            int? samples = SamplesForHits(hits, fewest, each);
            if (samples is null || (long)samples * strata > 1_000_000_000)
                return null;
            if (samples * rate <= hits)
                return samples * strata;
            fewest = samples.Value;
        }

        return null;
    }

    private int? SamplesForHits(int hits, int fewest, double confidence)
    {
        const int Most = 1_000_000_000;
        bool Suffices(int samples) => samples >= hits && samples > 0 && Holds(ClopperPearson.TwoSided(hits, samples, confidence).High);
        long step = 1;
        int low = fewest - 1;
        while (low + step <= Most && !Suffices((int)(low + step)))
            step *= 2;
        if (low + step > Most)
            return null;
        int high = (int)(low + step);
        low = (int)(low + (step / 2));
        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            if (Suffices(middle))
                high = middle;
            else
                low = middle;
        }

        return high;
    }

    private bool Holds(double value) => Comparison switch
    {
        Comparison.Less => value < Limit,
        Comparison.LessOrEqual => value <= Limit,
        Comparison.Greater => value > Limit,
        _ => value >= Limit,
    };

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Fail => "fail",
        _ => "inconclusive",
    };

    private static Gate Parse(string text, bool forbidden)
    {
        (int at, string sign, Comparison comparison) = FindSign(text);
        string metric = text[..at].Trim();
        string limit = text[(at + sign.Length)..].Trim();
        if (!GateMetric.Names.Contains(metric, StringComparer.Ordinal))
        {
            throw new ReciteException(
                $"Gate '{text}' speaks of '{metric}', which is not measured{NearestWord.Suggest(metric, GateMetric.Names)}; gates can name {string.Join(", ", GateMetric.Names)}.");
        }

        (double value, LengthUnit? unit) = metric is GateMetric.Longest ? ReadLength(text, limit) : ReadShare(text, limit);
        return forbidden
            ? new Gate($"not ({text.Trim()})", metric, Opposite(comparison), value, unit)
            : new Gate(text.Trim(), metric, comparison, value, unit);
    }

    private static (int At, string Sign, Comparison Comparison) FindSign(string text)
    {
        int at = text.AsSpan().IndexOfAny('<', '>');
        if (at >= 0)
        {
            foreach ((string sign, Comparison comparison) in s_signs)
            {
                if (text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal))
                    return (at, sign, comparison);
            }
        }

        throw new ReciteException($"Gate '{text}' has no comparison; write for instance 'extraction-rate <= 1%' or 'longest < 100w' (<, <=, > or >=).");
    }

    private static (double Value, LengthUnit? Unit) ReadShare(string text, string limit)
    {
        bool percent = limit.EndsWith('%');
        string digits = percent ? limit[..^1].TrimEnd() : limit;
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            || (percent ? value > 100 : value > 1))
        {
            throw new ReciteException($"Gate '{text}' compares a rate with '{limit}'; write a share such as 1% or 0.01.");
        }

        return (percent ? value / 100 : value, null);
    }

    private static (double Value, LengthUnit? Unit) ReadLength(string text, string limit)
    {
        if (!TextLength.TryParse(limit, out TextLength length) || length.Unit == LengthUnit.Tokens)
            throw new ReciteException($"Gate '{text}' compares a length with '{limit}'; write words such as 100w or characters such as 500c.");
        return (length.Value, length.Unit);
    }

    private static Comparison Opposite(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.GreaterOrEqual,
        Comparison.LessOrEqual => Comparison.Greater,
        Comparison.Greater => Comparison.LessOrEqual,
        _ => Comparison.Less,
    };
}
