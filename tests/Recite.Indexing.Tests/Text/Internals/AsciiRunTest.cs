using System.Text;
using CsCheck;
using Recite.Indexing.Text.Internals;

namespace Recite.Indexing.Tests.Text.Internals;

public sealed class AsciiRunTest
{
    private static Gen<byte[]> Texts { get; } =
        Gen.Frequency((40, Gen.Byte[0x20, 0x7A]), (1, Gen.Const((byte)'-')), (1, Gen.Byte[0, 0x20]), (1, Gen.Byte[0x7E, 0x90])).Array[0, 300];

    [Fact]
    public void Vectors_stop_where_single_bytes_do() =>
        Gen.Select(Texts, Gen.Int[0, 100], Gen.Int[0, 100]).Sample((text, start, share) =>
        {
            int at = text.Length * start / 100, most = (text.Length - at) * share / 100;
            Assert.Equal(AsciiRun.MeasureScalar(text, at, most), AsciiRun.Measure(text, at, most));
        }, iter: 20_000);

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("a-b", 3)]
    [InlineData("ab-\nc", 2)]
    [InlineData("ab- c", 2)]
    [InlineData("ab-", 3)]
    [InlineData("a\u00e9", 1)]
    public void Stops_at_what_needs_a_second_look(string text, int expected)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, AsciiRun.MeasureScalar(utf8, 0, utf8.Length));
    }
}
