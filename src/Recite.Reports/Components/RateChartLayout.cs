using Recite.Reporting;
using Recite.Reports.Wording;

namespace Recite.Reports.Components;

/// <summary>Where everything of a rate chart goes, in SVG units.</summary>
internal sealed class RateChartLayout
{
    private const int MaxColumns = 28;
    private const int CountHeight = 11;

    private RateChartLayout(RateGroup group, bool compact)
    {
        Compact = compact;
        Width = compact ? 340 : 760;
        Height = compact ? 300 : 380;
        Left = compact ? 34 : 48;
        Top = compact ? 14 : 30;
        Bottom = Height - (compact ? 46 : 72);

        Rate[] strata = [.. group.Strata.Take(MaxColumns / 2)];
        Rate[] headline = group.Headline is { } main ? [main] : [];
        Rate[] controls = [.. group.Controls.Take(MaxColumns - strata.Length - headline.Length)];
        int count = strata.Length + headline.Length + controls.Length;

        // Half a column of air parts the strata from the whole, and the whole from the controls.
        double step = Math.Min(compact ? 40 : 84, (Width - Left - 8) / (count + 1.0));
        double x = Left + (step / 2);
        foreach (Rate rate in strata)
            Add(StratumLabel.Show(rate.Stratum!.Duplicates), "stratum", rate, ref x, step);
        StrataEnd = x - (step / 2);
        x += strata.Length > 0 ? step / 4 : 0;
        foreach (Rate rate in headline)
            Add("all", "headline", rate, ref x, step);
        ControlsStart = x - (step / 4);
        x += step / 4;
        for (int i = 0; i < controls.Length; i++)
            Add($"C{group.NumberOf(controls[i])}", "control", controls[i], ref x, step);
        End = x - (step / 2);
        Ceiling = group.MeasuredControls.Max(c => c.High);
    }

    /// <summary>For narrow screens: larger letters in relation, short labels.</summary>
    public bool Compact { get; }

    public int Width { get; }

    public int Height { get; }

    public int Left { get; }

    public int Top { get; }

    public int Bottom { get; }

    /// <summary>Right edge of the strata.</summary>
    public double StrataEnd { get; }

    /// <summary>Left edge of the controls.</summary>
    public double ControlsStart { get; }

    /// <summary>Right edge of everything.</summary>
    public double End { get; }

    /// <summary>The highest end of a control's interval.</summary>
    public double? Ceiling { get; }

    /// <summary>The marks, left to right.</summary>
    public List<ChartColumn> Columns { get; } = [];

    public static RateChartLayout Of(RateGroup group, bool compact) => new(group, compact);

    /// <summary>The height of a share, 0 to 1.</summary>
    public double Y(double share) => Round(Bottom - (Math.Clamp(share, 0, 1) * (Bottom - Top)));

    /// <summary>The base line of the count above a whisker that ends at <paramref name="high"/>: never where the line of the controls would strike it through.</summary>
    public double CountY(double high)
    {
        double at = Round(high - 7);
        return Ceiling is { } ceiling && Y(ceiling) is var line && line > at - CountHeight && line < at + 4 ? Round(line - 5) : at;
    }

    private static double Round(double value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);

    private void Add(string label, string kind, Rate rate, ref double x, double step)
    {
        Columns.Add(new ChartColumn(Round(x), label, kind, rate));
        x += step;
    }
}

/// <summary>A rate in the chart.</summary>
internal sealed record ChartColumn(double X, string Label, string Kind, Rate Rate)
{
    /// <summary>The first number of a stratum's label, for where space is short.</summary>
    public string ShortLabel => Label.Split('–')[0];

    public bool IsMeasured => Rate is { Value: not null, Low: not null, High: not null };
}
