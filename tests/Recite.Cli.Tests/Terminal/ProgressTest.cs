using Microsoft.Extensions.Time.Testing;
using Recite.Cli.Terminal;

namespace Recite.Cli.Tests.Terminal;

public sealed class ProgressTest
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Tells_rate_and_remaining_time()
    {
        var tracker = new ProgressTracker("audit", _time);
        tracker.Report(new ProgressReading(0, 100, "attempt", []));
        _time.Advance(TimeSpan.FromSeconds(10));
        tracker.Report(new ProgressReading(20, 100, "attempt", [new ProgressFigure("errors", "0")]));
        Assert.Equal("audit: 20 of 100 attempts (20.0 %), rate 2/s, ETA 40 s, errors 0", tracker.Line());
    }

    [Fact]
    public void What_an_earlier_session_did_does_not_count_for_the_rate()
    {
        var tracker = new ProgressTracker("audit", _time);
        tracker.Report(new ProgressReading(900, 1000, "attempt", []));
        _time.Advance(TimeSpan.FromSeconds(10));
        tracker.Report(new ProgressReading(950, 1000, "attempt", []));
        Assert.Contains("rate 5/s, ETA 10 s", tracker.Line(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_phase_is_measured_anew()
    {
        var tracker = new ProgressTracker("audit", _time);
        tracker.Report(new ProgressReading(1000, 1000, "attempt", []) { Phase = "asking" });
        _time.Advance(TimeSpan.FromSeconds(100));
        tracker.Report(new ProgressReading(0, 1000, "attempt", []) { Phase = "matching" });
        _time.Advance(TimeSpan.FromSeconds(1));
        tracker.Report(new ProgressReading(500, 1000, "attempt", []) { Phase = "matching" });
        Assert.Contains("rate 500/s, ETA 1.0 s", tracker.Line(), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_no_remaining_time_where_nobody_knows_the_total()
    {
        var tracker = new ProgressTracker("index build", _time);
        tracker.Report(new ProgressReading(0, null, "bytes", []));
        _time.Advance(TimeSpan.FromSeconds(2));
        tracker.Report(new ProgressReading(5_000_000, null, "bytes", []));
        Assert.Equal("index build: 5.0 MB, rate 2.5 MB/s", tracker.Line());
    }

    [Fact]
    public async Task A_log_gets_a_line_every_ten_seconds()
    {
        var writer = new StringWriter { NewLine = "\n" };
        var tracker = new ProgressTracker("audit", _time);
        await using (new LineProgress(tracker, writer, _time))
        {
            _time.Advance(TimeSpan.FromSeconds(9));
            Assert.Empty(writer.ToString());
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("audit: 10 s\n", writer.ToString());
            _time.Advance(TimeSpan.FromSeconds(20));
            Assert.Equal(3, writer.ToString().Count(c => c == '\n'));
        }

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(3, writer.ToString().Count(c => c == '\n'));
    }
}
