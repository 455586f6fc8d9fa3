using System.Text;
using CsCheck;
using Recite.Indexing.Postings;

namespace Recite.Indexing.Tests.Postings;

/// <summary>The sorter of heavy lists beside a sort that compares byte by byte.</summary>
public sealed class ContextSortTest
{
    // Few letters, long repetitions and gaps: long common contexts, and many that are equal as deep as is looked.
    private static readonly Gen<byte[]> s_text = Gen.Select(Gen.Int[0, 2].Array[1, 60], Gen.Int[1, 40], Gen.Int[0, 400].Array[0, 4]).Select((letters, times, edits) =>
    {
        byte[] text = [.. Enumerable.Repeat(letters, times).SelectMany(copy => copy).Select(letter => letter == 2 ? (byte)0xC3 : (byte)('a' + letter))];
        foreach (int edit in edits)
            text[edit % text.Length] = edit % 3 == 0 ? (byte)0xFF : (byte)'z';
        return text;
    });

    [Fact]
    public void Orders_as_a_comparison_byte_by_byte_does() =>
        Gen.Select(s_text, Gen.Int[0, 100_000].Array[1, 700], Gen.Int[1, 70], Gen.Bool).Sample(
            (text, places, depth, isForward) => AssertOrder(text, [.. places.Select(place => (long)(place % (text.Length + 1)))], isForward, depth),
            iter: 2000);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(70_000)]
    public void Orders_any_number_of_places(int count)
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 4000).Select(i => i % 7 == 0 ? $"{i * 7919 % 1000} " : "the same words ")));
        long[] positions = [.. Enumerable.Range(0, count).Select(i => i * 37L % text.Length)];
        AssertOrder(text, positions, isForward: true, 64);
        AssertOrder(text, positions, isForward: false, 41);
    }

    private static unsafe void AssertOrder(byte[] text, long[] positions, bool isForward, int depth)
    {
        uint[] items = [.. Enumerable.Range(0, positions.Length).Select(i => (uint)i)];
        string[] contexts = [.. positions.Select(position => Context(text, position, isForward, depth))];
        uint[] expected = [.. items.OrderBy(item => contexts[item], StringComparer.Ordinal)];
        fixed (byte* start = text)
            new ContextSort(new NormalizedBytes(start, text.Length)).Sort(items, positions, isForward, depth);
        Assert.Equal(expected, items);
    }

    // One character for each byte, so that an ordinal comparison is one of bytes.
    private static string Context(byte[] text, long position, bool isForward, int depth) =>
        string.Create(depth, (text, position, isForward), static (context, from) =>
        {
            for (int i = 0; i < context.Length; i++)
            {
                long at = from.isForward ? from.position + i : from.position - 1 - i;
                context[i] = (char)(at >= 0 && at < from.text.Length ? from.text[at] : 0xFF);
            }
        });
}
