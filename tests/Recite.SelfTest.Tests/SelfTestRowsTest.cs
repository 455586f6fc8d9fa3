using System.Globalization;

namespace Recite.SelfTest.Tests;

public sealed class SelfTestRowsTest
{
    [Fact]
    public void Every_row_of_the_table_stands_in_it_once_and_in_order() =>
        Assert.Equal(
            Enumerable.Range(1, 21).Select(number => string.Create(CultureInfo.InvariantCulture, $"T{number}")),
            SelfTestRows.All.Select(row => row.Id));

    [Fact]
    public void Every_row_says_in_one_line_what_must_hold() =>
        Assert.All(SelfTestRows.All, row =>
        {
            Assert.NotEmpty(row.Bar);
            Assert.DoesNotContain('\n', row.Bar);
            Assert.True(row.Row is null == row.Missing is not null, row.Id);
        });

    [Fact]
    public void What_was_built_is_no_longer_called_missing() =>
        Assert.Empty(NotYetRows.All.Select(row => row.Id).Intersect(SelfTestRows.Built.Select(row => row.Id)));
}
