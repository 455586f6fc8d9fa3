using Recite.Gates;
using Recite.Indexing;
using Recite.Indexing.Text;
using Recite.Metrics.Statistics;
using Recite.Reporting;

namespace Recite.Tests.Gates;

public sealed class GateTest
{
    [Theory]
    [InlineData("extraction-rate <= 1%", "extraction-rate", Comparison.LessOrEqual, 0.01, null)]
    [InlineData("extraction-rate<0.05", "extraction-rate", Comparison.Less, 0.05, null)]
    [InlineData(" corpus-match-rate >= 2.5 % ", "corpus-match-rate", Comparison.GreaterOrEqual, 0.025, null)]
    [InlineData("longest < 100w", "longest", Comparison.Less, 100, LengthUnit.Words)]
    [InlineData("longest>500c", "longest", Comparison.Greater, 500, LengthUnit.Characters)]
    public void Reads_a_rule(string text, string metric, Comparison comparison, double limit, LengthUnit? unit)
    {
        Gate gate = Gate.Parse(text);
        Assert.Equal((metric, comparison, unit), (gate.Metric, gate.Comparison, gate.Unit));
        Assert.Equal(limit, gate.Limit, 1e-12);
        Assert.Equal(text.Trim(), gate.Expression);
    }

    [Theory]
    [InlineData("extraction-rate <= 1%", 0, 0.01, Verdict.Pass)]
    [InlineData("extraction-rate <= 1%", 0.0101, 0.2, Verdict.Fail)]
    [InlineData("extraction-rate <= 1%", 0.01, 0.2, Verdict.Inconclusive)]
    [InlineData("extraction-rate <= 1%", 0, 0.02, Verdict.Inconclusive)]
    [InlineData("extraction-rate < 1%", 0, 0.01, Verdict.Inconclusive)]
    [InlineData("extraction-rate < 1%", 0.01, 0.02, Verdict.Fail)]
    [InlineData("extraction-rate >= 1%", 0.01, 0.02, Verdict.Pass)]
    [InlineData("extraction-rate > 1%", 0, 0.01, Verdict.Fail)]
    public void Is_judged_on_the_unfavourable_end_of_the_interval(string text, double low, double high, Verdict expected) =>
        Assert.Equal(expected, Gate.Parse(text).Judge(new GateMeasure((low + high) / 2, low, high)));

    [Theory]
    [InlineData("extraction-rate > 1%", 0, 0.01, Verdict.Pass)]
    [InlineData("extraction-rate > 1%", 0.02, 0.03, Verdict.Fail)]
    [InlineData("extraction-rate > 1%", 0.0, 0.03, Verdict.Inconclusive)]
    [InlineData("extraction-rate >= 1%", 0.01, 0.03, Verdict.Fail)]
    public void Fail_on_says_what_must_not_hold(string text, double low, double high, Verdict expected) =>
        Assert.Equal(expected, Gate.ParseForbidden(text).Judge(new GateMeasure((low + high) / 2, low, high)));

    [Theory]
    [InlineData("extraction-rate <= 1%", 1, 368)]
    [InlineData("extraction-rate <= 5%", 4, 396)]
    public void Says_how_many_samples_a_clean_audit_needs(string text, int strata, int samples)
    {
        Gate gate = Gate.Parse(text);
        Assert.Equal(samples, gate.SamplesToPass(strata, 0.95));
        StratumCount[] counts = [.. Enumerable.Range(0, strata).Select(i => new StratumCount($"{i}", 0, samples / strata, 1 + i))];
        Assert.True(StratifiedRate.Estimate(counts, 0.95)!.Interval.High <= gate.Limit);
        StratumCount[] fewer = [.. counts.Select(c => c with { Trials = c.Trials - 1 })];
        Assert.True(StratifiedRate.Estimate(fewer, 0.95)!.Interval.High > gate.Limit);
    }

    [Theory]
    [InlineData("extraction-rate <= 1%", 1, 0.005)]
    [InlineData("extraction-rate < 5%", 4, 0.025)]
    [InlineData("extraction-rate <= 0.1%", 2, 0.0009)]
    public void Says_how_many_samples_are_needed_where_some_come_back(string text, int strata, double rate)
    {
        Gate gate = Gate.Parse(text);
        int samples = gate.SamplesToPass(strata, 0.95, rate)!.Value;
        Assert.True(samples > gate.SamplesToPass(strata, 0.95));
        Assert.True(High(strata, samples / strata, rate) <= gate.Limit);
        Assert.True(High(strata, (samples / strata) - 1, rate) > gate.Limit);
        Assert.Equal(gate.SamplesToPass(strata, 0.95), gate.SamplesToPass(strata, 0.95, 0));
    }

    [Fact]
    public void The_worked_example_of_samples_at_half_the_limit_holds() =>
        Assert.Equal(1573, Gate.Parse("extraction-rate <= 1%").SamplesToPass(1, 0.95, 0.005));

    [Fact]
    public void No_number_of_samples_passes_at_the_limit_itself() => Assert.Null(Gate.Parse("extraction-rate <= 1%").SamplesToPass(1, 0.95, 0.01));

    private static double High(int strata, int each, double rate) =>
        StratifiedRate.Estimate([.. Enumerable.Range(0, strata).Select(i => new StratumCount($"{i}", (int)Math.Ceiling(rate * each), each, 1))], 0.95)!.Interval.High;

    [Theory]
    [InlineData("longest < 100w")]
    [InlineData("extraction-rate >= 1%")]
    [InlineData("extraction-rate <= 0%")]
    public void No_number_of_samples_is_named_where_none_decides(string text) => Assert.Null(Gate.Parse(text).SamplesToPass(1, 0.95));

    [Fact]
    public void Longest_is_judged_in_its_own_unit_and_never_inconclusive()
    {
        var measures = new Dictionary<string, GateMeasure>(StringComparer.Ordinal)
        {
            [GateMetric.Key("longest", LengthUnit.Words)] = GateMeasure.Exact(99),
            [GateMetric.Key("longest", LengthUnit.Characters)] = GateMeasure.Exact(600),
        };
        Assert.Equal(new GateResult("longest < 100w", "pass", 99, null, null), Gate.Parse("longest < 100w").Judge(measures));
        Assert.Equal("fail", Gate.Parse("longest < 100c").Judge(measures).Verdict);
    }

    [Fact]
    public void What_was_not_measured_is_inconclusive() =>
        Assert.Equal(new GateResult("extraction-rate <= 1%", "inconclusive", null, null, null), Gate.Parse("extraction-rate <= 1%").Judge(new Dictionary<string, GateMeasure>(StringComparer.Ordinal)));

    [Fact]
    public void An_unknown_metric_is_named_with_those_that_exist()
    {
        var error = Assert.Throws<ReciteException>(() => Gate.Parse("extration-rate <= 1%"));
        Assert.Contains("'extration-rate'", error.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'extraction-rate'", error.Message, StringComparison.Ordinal);
        Assert.Contains("extraction-rate, corpus-match-rate, longest", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("extraction-rate")]
    [InlineData("extraction-rate = 1%")]
    [InlineData("extraction-rate <= ")]
    [InlineData("extraction-rate <= 101%")]
    [InlineData("extraction-rate <= 2")]
    [InlineData("extraction-rate <= -1%")]
    [InlineData("extraction-rate <= 100w")]
    [InlineData("extraction-rate =< 1%")]
    [InlineData("longest < 10%")]
    [InlineData("longest < 10t")]
    [InlineData("longest < 10")]
    public void Refuses_what_is_no_rule(string text) => Assert.Throws<ReciteException>(() => Gate.Parse(text));
}
