using Recite.Cli.Commands;
using Recite.Cli.Settings;
using Recite.Config;

namespace Recite.Cli.Tests.Settings;

public sealed class SettingReadersTest
{
    [Theory]
    [InlineData("1", 1L)]
    [InlineData("512K", 512L << 10)]
    [InlineData("512M", 512L << 20)]
    [InlineData("4g", 4L << 30)]
    public void Reads_sizes(string text, long bytes) => Assert.Equal(bytes, SettingReaders.Size([text]));

    [Theory]
    [InlineData("0")]
    [InlineData("-1M")]
    [InlineData("M")]
    [InlineData("1.5G")]
    [InlineData("1T")]
    [InlineData("9999999999999G")]
    [InlineData("")]
    public void Refuses_what_is_no_size(string text) => Assert.Throws<FormatException>(() => SettingReaders.Size([text]));

    [Theory]
    [InlineData("50%", 50)]
    [InlineData("100%", 100)]
    public void Shares_are_whole_percentages(string text, int percent) => Assert.Equal(percent, SettingReaders.Percent(50)([text]));

    [Theory]
    [InlineData("49%")]
    [InlineData("101%")]
    [InlineData("80")]
    [InlineData("0.8")]
    [InlineData("%")]
    [InlineData("-80%")]
    [InlineData("80.5%")]
    public void Other_shares_are_refused_with_an_example(string text) =>
        Assert.Contains("80%", Assert.Throws<FormatException>(() => SettingReaders.Percent(50)([text])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    public void Reads_switches_of_variables(string text, bool value) => Assert.Equal(value, SettingReaders.Flag([text]));

    [Fact]
    public void A_switch_without_a_value_is_on() => Assert.True(SettingReaders.Flag([]));

    [Fact]
    public void Refuses_a_switch_that_is_neither() => Assert.Throws<FormatException>(() => SettingReaders.Flag(["maybe"]));

    [Fact]
    public void A_report_of_a_format_that_is_not_built_is_refused_with_those_that_are()
    {
        Assert.Equal(["a.html", "b.json"], SettingReaders.Reports(["a.html", "b.json"]));
        string message = Assert.Throws<FormatException>(() => SettingReaders.Reports(["a.html", "x.csv"])).Message;
        Assert.Contains("'x.csv'", message, StringComparison.Ordinal);
        Assert.EndsWith(".html, .json", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Splits_lists_at_commas_and_keeps_their_order() =>
        Assert.Equal(["b", "a", "c"], SettingReaders.CommaTexts(["b, a", "c"]));

    [Theory]
    [InlineData("usd=5", 5.0, null)]
    [InlineData("tokens=2M", null, 2_000_000L)]
    [InlineData("tokens=20k", null, 20_000L)]
    [InlineData("usd=0.5,tokens=1.5K", 0.5, 1_500L)]
    public void Reads_budgets(string text, double? usd, long? tokens) =>
        Assert.Equal(new BudgetConfig { Usd = usd, Tokens = tokens }, BudgetReader.Read([text]));

    [Theory]
    [InlineData("5")]
    [InlineData("eur=5")]
    [InlineData("usd=five")]
    [InlineData("tokens=0")]
    [InlineData("tokens=1.5")]
    [InlineData("usd=-1")]
    public void Refuses_what_is_no_budget(string text) => Assert.Throws<FormatException>(() => BudgetReader.Read([text]));
}
