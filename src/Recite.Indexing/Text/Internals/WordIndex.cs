namespace Recite.Indexing.Text.Internals;

/// <summary>Where the words of one text begin and end.</summary>
internal sealed class WordIndex
{
    private readonly RankedBits _starts;
    private readonly RankedBits _ends;

    public WordIndex(ReadOnlySpan<byte> text)
    {
        var starts = new BitSetBuilder(text.Length);
        var ends = new BitSetBuilder(text.Length + 1);
        foreach (TextSpan word in WordBreaker.EnumerateWords(text))
        {
            starts.Set(word.Start);
            ends.Set(word.End);
        }

        _starts = starts.Build(text.Length);
        _ends = ends.Build(text.Length + 1);
    }

    /// <summary>The first start of a word at or behind the position; the length of the text if there is none.</summary>
    public int NextStart(int position) => _starts.Next(position);

    /// <summary>The last end of a word at or before the position; -1 if there is none.</summary>
    public int PreviousEnd(int position) => _ends.Previous(position);

    /// <summary>Whether a word begins before the position and ends behind it.</summary>
    public bool IsInside(int position) => _starts.Rank(position) > _ends.Rank(position + 1);

    /// <summary>How many words have a byte in the span.</summary>
    public int CountTouched(TextSpan span)
    {
        if (span.IsEmpty)
            return 0;
        int begunBeforeEnd = _starts.Rank(span.End);
        int endedAtStart = _ends.Rank(span.Start + 1);
        return begunBeforeEnd - endedAtStart;
    }
}
