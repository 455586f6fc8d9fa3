using System.Text;
using CsCheck;
using Recite.Indexing.Text;
using Recite.Metrics;
using Recite.Reporting;

namespace Recite.Tests.Metrics;

public sealed class LengthCurveTest
{
    [Fact]
    public void The_least_words_are_those_of_which_every_run_takes_up_the_guarantee() =>
        Gen.Select(Gen.Int[1, 9].Array[0, 30], Gen.Int[5, 60]).Sample((lengths, guarantee) =>
        {
            byte[] output = Encoding.UTF8.GetBytes(string.Join(' ', lengths.Select(length => new string('x', length))));
            int least = LengthCurve.LeastWords(output, guarantee);
            Assert.True(EveryRunIsLongEnough(output, least, guarantee));
            Assert.True(least == 1 || !EveryRunIsLongEnough(output, least - 1, guarantee));
        });

    [Fact]
    public void A_curve_in_words_begins_where_nothing_can_be_missed_and_ends_where_nothing_is_reached()
    {
        ReadOnlyMemory<byte>[] outputs = [Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Repeat("abcdefg", 60))), Encoding.UTF8.GetBytes("too short to hold anything")];
        Curve curve = LengthCurve.MakeInWords("words", "prefix", [22, 0], outputs, guarantee: 64, 0.95);
        Assert.Equal([9, 10, 12, 15, 20, 25], curve.Points.Select(p => p.X));
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 0.5, 0], curve.Points.Select(p => p.Y));
        Assert.Equal("words of normalized text in a row", curve.X);
    }

    private static bool EveryRunIsLongEnough(byte[] output, int words, int guarantee)
    {
        List<TextSpan> spans = [];
        foreach (TextSpan word in WordBreaker.EnumerateWords(output))
            spans.Add(word);
        return Enumerable.Range(0, Math.Max(0, spans.Count - words + 1)).All(i => spans[i + words - 1].End - spans[i].Start >= guarantee);
    }
}
