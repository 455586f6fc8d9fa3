using Recite.Reporting;
using Recite.Reports.Components;
using Recite.Reports.Tests.Samples;
using Recite.Reports.Wording;

namespace Recite.Reports.Tests.Components;

public sealed class RateChartLayoutTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shares_run_from_the_bottom_to_the_top_and_never_beyond(bool compact)
    {
        RateChartLayout layout = RateChartLayout.Of(Group(7), compact);
        Assert.Equal(layout.Bottom, layout.Y(0));
        Assert.Equal(layout.Top, layout.Y(1));
        Assert.Equal((layout.Bottom + layout.Top) / 2.0, layout.Y(0.5), 1);
        Assert.Equal(layout.Bottom, layout.Y(-3));
        Assert.Equal(layout.Top, layout.Y(7));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(7, true)]
    [InlineData(40, false)]
    [InlineData(40, true)]
    public void However_many_strata_the_marks_stand_apart_inside_the_drawing_and_controls_last(int strata, bool compact)
    {
        RateChartLayout layout = RateChartLayout.Of(Group(strata), compact);
        Assert.True(layout.Columns[0].X > layout.Left);
        Assert.True(layout.End <= layout.Width);
        for (int i = 1; i < layout.Columns.Count; i++)
            Assert.True(layout.Columns[i].X - layout.Columns[i - 1].X >= 10);
        Assert.Equal(["C1", "C2", "C3"], layout.Columns.Where(c => c.Kind == "control").Select(c => c.Label));
        Assert.Equal("control", layout.Columns[^1].Kind);
        Assert.InRange(layout.ControlsStart, layout.Columns[^4].X, layout.Columns[^3].X);
    }

    [Fact]
    public void The_ceiling_is_the_highest_end_of_a_control_that_was_measured()
    {
        RateChartLayout layout = RateChartLayout.Of(Group(3), compact: false);
        Assert.Equal(SampleReport.Create().Controls[0].High, layout.Ceiling);
    }

    [Fact]
    public void A_count_stands_above_its_whisker_and_never_on_the_line_of_the_controls()
    {
        RateChartLayout layout = RateChartLayout.Of(Group(3), compact: false);
        double line = layout.Y(layout.Ceiling!.Value);
        for (double high = layout.Top; high <= layout.Bottom; high += 0.5)
        {
            double at = layout.CountY(high);
            Assert.True(at < high);
            Assert.True(line >= at + 4 || line <= at - 11);
        }
    }

    private static RateGroup Group(int strata)
    {
        AuditReport sample = SampleReport.Create();
        Rate[] rates = [sample.Rates[0], .. Enumerable.Range(0, strata).Select(i => sample.Rates[2] with { Stratum = new Stratum($"{i}") })];
        return RateGroup.Of(sample with { Rates = rates })[0];
    }
}
