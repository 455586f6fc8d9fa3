using CsCheck;
using Recite.Indexing.Matching.Near;
using Recite.SelfTest.Oracles;

namespace Recite.Indexing.Tests.Matching.Near;

public sealed class WordAlignmentTest
{
    private static readonly Gen<int[]> Words = Gen.Int[-2, 4].Select(word => word == -1 ? 0 : word).Array[0, 40];

    [Fact]
    public void Counts_the_same_edits_as_the_whole_table() => Gen.Select(Words, Words).Sample((input, document) =>
    {
        // -2 is a word that the input does not have, so no two of them are equal: for the oracle each gets a number of its own.
        int[] distinct = [.. document.Select((word, i) => word < 0 ? 1000 + i : word)];
        input = [.. input.Select(Math.Abs)];
        int expected = NaiveWordDistance.Count(input, distinct);
        WordAlignment? found = WordAlignment.Find(input, document, expected);
        Assert.NotNull(found);
        Assert.Equal(expected, found.Edits);
        Assert.True(expected == 0 || WordAlignment.Find(input, document, expected - 1) is null);
    }, iter: 3000);

    [Fact]
    public void What_it_says_is_equal_is_equal_in_order_and_explains_every_edit() => Gen.Select(Words, Words).Sample((input, document) =>
    {
        input = [.. input.Select(Math.Abs)];
        WordAlignment found = WordAlignment.Find(input, document, input.Length + document.Length)!;
        int inputAt = 0, documentAt = 0, edits = 0;
        foreach (EqualWords equal in found.Equal)
        {
            edits += Math.Max(equal.Input - inputAt, equal.Document - documentAt);
            Assert.True(equal.Input >= inputAt && equal.Document >= documentAt && equal.Words > 0);
            Assert.Equal(edits, equal.EditsBefore);
            Assert.Equal(input.AsSpan(equal.Input, equal.Words), document.AsSpan(equal.Document, equal.Words));
            (inputAt, documentAt) = (equal.Input + equal.Words, equal.Document + equal.Words);
        }

        Assert.Equal(found.Edits, edits + Math.Max(input.Length - inputAt, document.Length - documentAt));
    }, iter: 3000);
}
