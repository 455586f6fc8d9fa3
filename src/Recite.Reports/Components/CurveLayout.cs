using Recite.Reporting;

namespace Recite.Reports.Components;

/// <summary>Where the lines of a curve go, in SVG units.</summary>
internal sealed class CurveLayout
{
    public const int Width = 640;
    public const int Height = 280;
    public const int Left = 76;
    public const int Right = 16;
    public const int Top = 18;
    public const int Bottom = Height - 52;

    public const int MaxSeries = 8;
    public const int MaxPoints = 400;

    public CurveLayout(IReadOnlyList<Curve> series)
    {
        Series = [.. series.Take(MaxSeries).Select(s => s with { Points = [.. s.Points.Where(IsFinite).OrderBy(p => p.X).Take(MaxPoints)] })];
        CurvePoint[] all = [.. Series.SelectMany(s => s.Points)];
        MinX = all.Length == 0 ? 0 : all.Min(p => p.X);
        MaxX = all.Length == 0 ? 1 : Math.Max(all.Max(p => p.X), MinX + 1e-9);
        MaxY = all.Length == 0 ? 1 : Math.Max(all.Max(p => Math.Max(p.Y, p.High ?? p.Y)), 1e-9);

        MinY = Math.Min(0, all.Length == 0 ? 0 : all.Min(p => Math.Min(p.Y, p.Low ?? p.Y)));

        // A range of two decades or more is read on a logarithmic axis.
        IsLogX = MinX > 0 && MaxX / MinX >= 100;
        IsShare = MaxY <= 1 && series.All(s => s.Y.Contains("share", StringComparison.Ordinal) || s.Y.Contains("rate", StringComparison.Ordinal));
        if (IsShare)
            MaxY = 1;
    }

    public IReadOnlyList<Curve> Series { get; }

    public double MinX { get; }

    public double MaxX { get; }

    /// <summary>0, or less where values are.</summary>
    public double MinY { get; }

    public double MaxY { get; }

    public bool IsLogX { get; }

    /// <summary>Whether y runs from 0 to 100 %.</summary>
    public bool IsShare { get; }

    public double X(double x)
    {
        double share = IsLogX ? Math.Log(x / MinX) / Math.Log(MaxX / MinX) : (x - MinX) / (MaxX - MinX);
        return Round(Left + (share * (Width - Left - Right)));
    }

    public double Y(double y) => Round(Bottom - (Math.Clamp((y - MinY) / (MaxY - MinY), 0, 1) * (Bottom - Top)));

    public string Line(Curve curve) => string.Join(' ', curve.Points.Select(p => $"{X(p.X)},{Y(p.Y)}"));

    /// <summary>At most eight values of x that were measured.</summary>
    public IEnumerable<double> TicksX()
    {
        const int MostTicks = 8;
        double[] measured = [.. Series.SelectMany(s => s.Points).Select(p => p.X).Distinct().Order()];
        int step = Math.Max(1, (measured.Length + MostTicks - 1) / MostTicks);
        return measured.Where((_, i) => i % step == 0);
    }

    /// <summary>A value of x; large powers of ten in short, since ticks stand close.</summary>
    public string ShowTickX(double x)
    {
        double power = IsLogX && x >= 10_000 ? Math.Log10(x) : 0;
        return power > 0 && Math.Abs(power - Math.Round(power)) < 1e-9 ? Wording.Phrases.PowerOfTen((int)Math.Round(power)) : Wording.Phrases.Number(Math.Round(x, 3));
    }

    /// <summary>A round value of y.</summary>
    public string ShowTickY(double y) => IsShare ? Wording.Phrases.Level(y) : Wording.Phrases.Number(y);

    /// <summary>A value of y as the table shows it.</summary>
    public string ShowY(double y) => IsShare ? Wording.Phrases.Percent(y) : Wording.Phrases.Number(y);

    public IEnumerable<double> TicksY() => IsShare ? [0, 0.25, 0.5, 0.75, 1] : MinY < 0 ? [MinY, 0, MaxY] : [0, MaxY / 2, MaxY];

    private static bool IsFinite(CurvePoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static double Round(double value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);
}
