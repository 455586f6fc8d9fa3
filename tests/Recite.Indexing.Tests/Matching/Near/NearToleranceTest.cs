using Recite.Indexing.Matching.Near;

namespace Recite.Indexing.Tests.Matching.Near;

public sealed class NearToleranceTest
{
    [Theory]
    [InlineData("10%", 100)]
    [InlineData("7.5%", 75)]
    [InlineData("0.1%", 1)]
    [InlineData("50%", 500)]
    public void Reads_a_percentage(string text, int perMille)
    {
        Assert.True(NearTolerance.TryParse(text, out NearTolerance tolerance));
        Assert.Equal(perMille, tolerance.PerMille);
        Assert.Equal(text, tolerance.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("%")]
    [InlineData("10")]
    [InlineData("0%")]
    [InlineData("50.1%")]
    [InlineData("-1%")]
    [InlineData("7.55%")]
    [InlineData("1e1%")]
    [InlineData("ten%")]
    [InlineData("10,5%")]
    public void Refuses_what_is_no_percentage_or_too_much(string? text) => Assert.False(NearTolerance.TryParse(text, out _));

    [Theory]
    [InlineData(100, 50, 5)]
    [InlineData(100, 49, 4)]
    [InlineData(75, 40, 3)]
    [InlineData(1, 999, 0)]
    [InlineData(500, 2_000_000_000, 1_000_000_000)]
    public void Edits_are_rounded_down(int perMille, int words, int edits) => Assert.Equal(edits, new NearTolerance(perMille).EditsIn(words));
}
