using System.Globalization;
using System.Text;
using Recite.Testing.Text;

namespace Recite.Indexing.Tests.Text;

/// <summary>NormalizationTest.txt: what Unicode itself says of its 19,074 rows.</summary>
public sealed class NormalizationTestFileTest
{
    private static readonly int[][][] s_rows =
        [.. UnicodeFiles.ReadFields("NormalizationTest.txt").Select(fields => fields.Take(5).Select(ParseColumn).ToArray())];

    [Fact]
    public void The_oracle_composes_and_decomposes_as_Unicode_says()
    {
        Assert.Equal(19_074, s_rows.Length);
        Assert.All(s_rows, columns =>
        {
            for (int column = 0; column < 5; column++)
            {
                int canonical = column < 3 ? 1 : 3;
                Assert.Equal(columns[canonical], SlowNormalizer.ToComposed(columns[column], compatible: false));
                Assert.Equal(columns[canonical + 1], SlowNormalizer.ToDecomposed(columns[column], compatible: false));
                Assert.Equal(columns[3], SlowNormalizer.ToComposed(columns[column], compatible: true));
                Assert.Equal(columns[4], SlowNormalizer.ToDecomposed(columns[column], compatible: true));
            }
        });
    }

    [Fact]
    public void Every_column_normalizes_as_the_oracle_says_and_once_is_enough() =>
        Assert.All(s_rows.SelectMany(columns => columns).Select(Encode), utf8 =>
        {
            byte[] normalized = TextSamples.Normalize(utf8);
            Assert.Equal(SlowNormalizer.Normalize(utf8), normalized);
            Assert.Equal(normalized, TextSamples.Normalize(normalized));
        });

    [Fact]
    public void Every_column_keeps_true_offsets() =>
        Assert.All(s_rows.SelectMany(columns => columns).Select(Encode), utf8 => ClusterTruth.Check(TextSamples.Map(utf8)));

    [Fact]
    public void Equivalent_columns_normalize_to_the_same_bytes_but_for_the_iota_subscript() =>
        Assert.All(s_rows.Where(columns => !columns[2].Contains(0x345)), columns =>
        {
            byte[] expected = TextSamples.Normalize(Encode(columns[1]));
            Assert.All(columns, column => Assert.Equal(expected, TextSamples.Normalize(Encode(column))));
        });

    private static int[] ParseColumn(string field) =>
        [.. field.Split(' ').Select(hex => int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];

    private static byte[] Encode(int[] codePoints) => Encoding.UTF8.GetBytes(string.Concat(codePoints.Select(char.ConvertFromUtf32)));
}
