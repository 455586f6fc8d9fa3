using System.Text;
using CsCheck;
using Recite.Evidence;
using Recite.Tests.Fakes;

namespace Recite.Tests.Evidence;

public sealed class BoilerplateTest
{
    [Theory]
    [InlineData("na na na na na na na na", true)]
    [InlineData("0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", true)]
    [InlineData("the quick brown fox jumps over the lazy dog and then it sleeps until the morning comes", false)]
    [InlineData("no and no", false)]
    [InlineData("", false)]
    public void Knows_repetition_from_text(string text, bool expected) => Assert.Equal(expected, Boilerplate.Is(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Long_text_that_compresses_to_less_than_a_bit_per_character_is_boilerplate()
    {
        // A page of random words four times over has a period of a quarter; with different endings it has none, but still compresses.
        string block = RandomText.Make(1, 12);
        string almost = string.Join(' ', Enumerable.Range(0, 60).Select(i => block + (char)('a' + (i % 7))));
        Assert.True(Boilerplate.Is(Encoding.UTF8.GetBytes(almost)));
        Assert.False(Boilerplate.Is(Encoding.UTF8.GetBytes(RandomText.Make(2, 700))));
    }

    [Fact]
    public void The_period_is_the_smallest_shift_that_changes_nothing() =>
        Gen.String["ab"].Where(s => s.Length > 0).Sample(text =>
        {
            int naive = Enumerable.Range(1, text.Length).First(p => text[p..] == text[..^p]);
            Assert.Equal(naive, Boilerplate.Period(Encoding.UTF8.GetBytes(text)));
        }, iter: 3000);
}
