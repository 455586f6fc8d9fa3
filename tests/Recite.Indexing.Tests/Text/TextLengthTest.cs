using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Text;

public sealed class TextLengthTest
{
    [Theory]
    [InlineData("150c", 150, LengthUnit.Characters)]
    [InlineData("30w", 30, LengthUnit.Words)]
    [InlineData("50t", 50, LengthUnit.Tokens)]
    public void Reads_and_writes_a_value_with_its_unit(string text, int value, LengthUnit unit)
    {
        Assert.True(TextLength.TryParse(text, out TextLength length));
        Assert.Equal(new TextLength(value, unit), length);
        Assert.Equal(text, length.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("c")]
    [InlineData("0c")]
    [InlineData("-5c")]
    [InlineData("5")]
    [InlineData("5x")]
    [InlineData("5 c")]
    [InlineData("99999999999c")]
    public void Refuses_what_is_not_a_length(string? text) => Assert.False(TextLength.TryParse(text, out _));
}
