using Recite.Reporting;
using Recite.Reports.Components;

namespace Recite.Reports.Tests.Components;

public sealed class CurveLayoutTest
{
    [Theory]
    [InlineData(1, 99, false)]
    [InlineData(5, 500, true)]
    [InlineData(1, 1e6, true)]
    [InlineData(0, 1e6, false)]
    public void Two_decades_are_read_on_a_logarithmic_axis(double from, double to, bool isLog)
    {
        var layout = new CurveLayout([Curve((from, 1), (to, 2))]);
        Assert.Equal(isLog, layout.IsLogX);
        Assert.Equal(CurveLayout.Left, layout.X(from));
        Assert.Equal(CurveLayout.Width - CurveLayout.Right, layout.X(to));
    }

    [Fact]
    public void Each_decade_takes_as_much_room_as_the_next()
    {
        var layout = new CurveLayout([Curve((1, 0), (10, 0), (100, 0))]);
        Assert.Equal(layout.X(10) - layout.X(1), layout.X(100) - layout.X(10), 1.0);
    }

    [Fact]
    public void Values_below_zero_lie_inside_the_drawing()
    {
        var layout = new CurveLayout([Curve((1, -40), (2, -3))]);
        Assert.Equal(CurveLayout.Bottom, layout.Y(-40));
        Assert.InRange(layout.Y(-3), CurveLayout.Top, CurveLayout.Bottom - 1);
        Assert.All(layout.TicksY(), tick => Assert.InRange(layout.Y(tick), CurveLayout.Top, CurveLayout.Bottom));
    }

    private static Curve Curve(params (double X, double Y)[] points) => new("c", "s", "x", "y", [.. points.Select(p => new CurvePoint(p.X, p.Y))]);
}
