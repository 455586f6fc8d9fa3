using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Near;

/// <summary>Numbers the different words of one input, so that words are compared exactly by comparing numbers.</summary>
internal sealed class WordVocabulary
{
    /// <summary>Number of a word that the input does not have; equal to no word, itself included.</summary>
    public const int Foreign = -2;

    private readonly Dictionary<ReadOnlyMemory<byte>, int> _numbers = new(ByBytes.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public WordVocabulary(NormalizedText input)
    {
        _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
        List<TextSpan> spans = [];
        List<int> words = [];
        foreach (TextSpan word in WordBreaker.EnumerateWords(input.Bytes.Span))
        {
            spans.Add(word);
            ReadOnlyMemory<byte> bytes = input.Bytes[word.Start..word.End];
            if (!_numbers.TryGetValue(bytes, out int number))
                _numbers.Add(bytes, number = _numbers.Count);
            words.Add(number);
        }

        (Spans, Words) = (spans, [.. words]);
    }

    /// <summary>Where the words of the input stand, in bytes of its normalized text.</summary>
    public IReadOnlyList<TextSpan> Spans { get; }

    /// <summary>Their numbers.</summary>
    public int[] Words { get; }

    /// <summary>The number of a word of a document.</summary>
    public int Find(ReadOnlySpan<byte> word) => _lookup.TryGetValue(word, out int number) ? number : Foreign;

    /// <summary>The first word of the input that begins at or behind a byte; the number of words if there is none.</summary>
    public int FirstFrom(int position)
    {
        int low = 0, high = Spans.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Spans[middle].Start < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private sealed class ByBytes : IEqualityComparer<ReadOnlyMemory<byte>>, IAlternateEqualityComparer<ReadOnlySpan<byte>, ReadOnlyMemory<byte>>
    {
        public static readonly ByBytes Instance = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj) => GetHashCode(obj.Span);

        public bool Equals(ReadOnlySpan<byte> alternate, ReadOnlyMemory<byte> other) => alternate.SequenceEqual(other.Span);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate);

        public ReadOnlyMemory<byte> Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
