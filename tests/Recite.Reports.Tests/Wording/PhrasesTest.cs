using CsCheck;
using Recite.Reports.Wording;

namespace Recite.Reports.Tests.Wording;

public sealed class PhrasesTest
{
    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(1, "100 %")]
    [InlineData(0.4119, "41.2 %")]
    [InlineData(0.27, "27.0 %")]
    [InlineData(0.0037, "0.37 %")]
    [InlineData(0.09996, "10.0 %")]
    [InlineData(0.00000001, "<0.001 %")]
    [InlineData(0.99999, ">99.9 %")]
    public void Shares_keep_three_figures_and_never_round_to_none_or_all(double share, string expected) =>
        Assert.Equal(expected.Replace(' ', '\u00A0'), Phrases.Percent(share));

    [Fact]
    public void A_bound_is_never_rounded_down() =>
        Gen.Double[1e-9, 1].Sample(share =>
        {
            string text = Phrases.PercentUp(share);
            double shown = double.Parse(text[..^2], System.Globalization.CultureInfo.InvariantCulture);
            return shown >= (share * 100) - 1e-9 && shown <= 100;
        });

    [Theory]
    [InlineData(0, "always")]
    [InlineData(-0.01, "almost always (97.7 %)")]
    [InlineData(-0.3, "50.1 % of the time")]
    [InlineData(-0.4771, "1 in 3")]
    [InlineData(-3, "1 in 1,000")]
    [InlineData(-46.2, "1 in 10⁴⁶")]
    [InlineData(double.NegativeInfinity, "never")]
    public void Probabilities_become_one_in_so_many(double log10, string expected) =>
        Assert.Equal(expected.Replace(" %", "\u00A0%", StringComparison.Ordinal), Phrases.OneIn(log10));

    [Theory]
    [InlineData(999, "999 bytes")]
    [InlineData(482_771, "482.8 kB")]
    [InlineData(300_000_000, "300 MB")]
    [InlineData(long.MaxValue, "9,223,372 TB")]
    public void Bytes_take_the_largest_unit(long bytes, string expected) => Assert.Equal(expected.Replace(' ', '\u00A0'), Phrases.Bytes(bytes));

    [Theory]
    [InlineData(48.23, "48.2 s")]
    [InlineData(59.99, "1 min 0 s")]
    [InlineData(702.6, "11 min 43 s")]
    [InlineData(7_500, "2 h 5 min")]
    public void Durations_take_two_units(double seconds, string expected) =>
        Assert.Equal(expected.Replace('\u00A0', ' '), Phrases.Duration(seconds).Replace('\u00A0', ' '));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("2-3", 2)]
    [InlineData("64-127", 64)]
    [InlineData("128+", 128)]
    [InlineData("all", long.MaxValue)]
    [InlineData("99999999999999999999999", long.MaxValue)]
    public void The_first_number_of_a_label_is_its_lower_end(string label, long low) => Assert.Equal(low, StratumLabel.LowerEnd(label));
}
