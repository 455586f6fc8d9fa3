using Recite.Reporting;

namespace Recite.Reports.Components;

/// <summary>Where the lines of a curve go, in SVG units.</summary>
internal sealed class CurveLayout
{
    public const int Width = 640;
    public const int Height = 280;
    public const int Left = 64;
    public const int Right = 16;
    public const int Top = 16;
    public const int Bottom = Height - 44;

    public const int MaxSeries = 8;
    public const int MaxPoints = 400;

    public CurveLayout(IReadOnlyList<Curve> series)
    {
        Series = [.. series.Take(MaxSeries).Select(s => s with { Points = [.. s.Points.Where(IsFinite).OrderBy(p => p.X).Take(MaxPoints)] })];
        CurvePoint[] all = [.. Series.SelectMany(s => s.Points)];
        MinX = all.Length == 0 ? 0 : all.Min(p => p.X);
        MaxX = all.Length == 0 ? 1 : Math.Max(all.Max(p => p.X), MinX + 1e-9);
        MaxY = all.Length == 0 ? 1 : Math.Max(all.Max(p => Math.Max(p.Y, p.High ?? p.Y)), 1e-9);

        // A range of more than two decades is read on a logarithmic axis.
        IsLogX = MinX > 0 && MaxX / MinX > 50;
    }

    public IReadOnlyList<Curve> Series { get; }

    public double MinX { get; }

    public double MaxX { get; }

    public double MaxY { get; }

    public bool IsLogX { get; }

    public double X(double x)
    {
        double share = IsLogX ? Math.Log(x / MinX) / Math.Log(MaxX / MinX) : (x - MinX) / (MaxX - MinX);
        return Round(Left + (share * (Width - Left - Right)));
    }

    public double Y(double y) => Round(Bottom - (Math.Clamp(y / MaxY, 0, 1) * (Bottom - Top)));

    public string Line(Curve curve) => string.Join(' ', curve.Points.Select(p => $"{X(p.X)},{Y(p.Y)}"));

    /// <summary>Four values of x that stand on the axis.</summary>
    public IEnumerable<double> TicksX() => Enumerable.Range(0, 5).Select(i =>
        IsLogX ? MinX * Math.Pow(MaxX / MinX, i / 4.0) : MinX + ((MaxX - MinX) * i / 4.0));

    public IEnumerable<double> TicksY() => [0, MaxY / 2, MaxY];

    private static bool IsFinite(CurvePoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static double Round(double value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);
}
