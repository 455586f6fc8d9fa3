using Recite.Models.Http;

namespace Recite.Models.Tests.Http;

public sealed class RetryAfterTest
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7)]
    [InlineData(" 7 ", 7)]
    [InlineData("0", 0)]
    [InlineData("1.5", 1.5)]
    [InlineData("Mon, 23 Nov 2026 10:00:30 GMT", 30)]
    [InlineData("Monday, 23-Nov-26 10:00:30 GMT", 30)]
    [InlineData("Mon Nov 23 10:00:30 2026", 30)]
    public void Reads_seconds_and_the_three_forms_of_dates(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, Now));

    [Fact]
    public void A_date_that_has_passed_asks_for_no_wait() =>
        Assert.Equal(TimeSpan.Zero, RetryAfter.Parse("Mon, 23 Nov 2026 09:00:00 GMT", Now));

    [Theory]
    [InlineData("99999999999999999999999999")]
    [InlineData("Mon, 23 Nov 2099 10:00:00 GMT")]
    public void No_server_can_ask_for_more_than_the_cap(string value) =>
        Assert.Equal(RetryAfter.Maximum, RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("1e9999")]
    public void Nonsense_is_no_wish(string value) =>
        Assert.Null(RetryAfter.Parse(value, Now));

    [Fact]
    public void Milliseconds_are_finer_than_seconds_and_win()
    {
        using HttpResponseMessage response = new();
        response.Headers.TryAddWithoutValidation("Retry-After", "2");
        Assert.Equal(TimeSpan.FromSeconds(2), RetryAfter.Read(response.Headers, Now));
        response.Headers.TryAddWithoutValidation("retry-after-ms", "150");
        Assert.Equal(TimeSpan.FromMilliseconds(150), RetryAfter.Read(response.Headers, Now));
    }
}
