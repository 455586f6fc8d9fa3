using Recite.Indexing.Text.Internals;

namespace Recite.Indexing.Text;

/// <summary>A text, its normalized form, and the way between them. Safe for any number of threads.</summary>
/// <remarks>
/// The way is a list of <i>clusters</i>: the smallest stretches of the original that normalize independently of their neighbours.
/// It is kept as two sets of bits, where clusters begin in either text: about 0.27 bytes per byte whatever the text, and a look-up
/// takes logarithmic time.
/// </remarks>
public sealed class NormalizedText
{
    private readonly RankedBits _originalStarts;
    private readonly RankedBits _normalizedStarts;
    private readonly Lazy<WordIndex> _words;
    private readonly int _firstStart;

    /// <summary>Creates the pair.</summary>
    /// <param name="original">The text.</param>
    /// <param name="bytes">Its normalized form.</param>
    /// <param name="originalStarts">Where clusters begin in the text.</param>
    /// <param name="normalizedStarts">Where they begin in the normalized form.</param>
    /// <param name="leavesOutStart">Whether what vanishes before the first cluster belongs to none; otherwise it belongs to the first.</param>
    internal NormalizedText(
        ReadOnlyMemory<byte> original, ReadOnlyMemory<byte> bytes, RankedBits originalStarts, RankedBits normalizedStarts, bool leavesOutStart = false)
    {
        _firstStart = leavesOutStart && originalStarts.Count > 0 ? originalStarts.Select(0) : 0;
        Original = original;
        Bytes = bytes;
        _originalStarts = originalStarts;
        _normalizedStarts = normalizedStarts;
        _words = new Lazy<WordIndex>(() => new WordIndex(Bytes.Span));
    }

    /// <summary>The text as it was given.</summary>
    public ReadOnlyMemory<byte> Original { get; }

    /// <summary>The normalized text in UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    internal int ClusterCount => _normalizedStarts.Count;

    /// <summary>Where a cluster begins in the text and in the normalized form; behind the last one, where both end.</summary>
    internal (int Original, int Normalized) BorderAt(int cluster) =>
        cluster == ClusterCount ? (Original.Length, Bytes.Length) : (OriginalAt(cluster), NormalizedAt(cluster));

    /// <summary>How many clusters begin in the text at or before an offset, which is less than its length.</summary>
    internal int ClustersUpTo(int originalOffset)
    {
        int clusters = _originalStarts.Rank(originalOffset + 1);
        return clusters == 0 && ClusterCount > 0 && originalOffset >= _firstStart ? 1 : clusters;
    }

    /// <summary>The largest span of the original made of whole clusters that lie inside <paramref name="normalized"/>; may be empty.</summary>
    public TextSpan ToOriginalInside(TextSpan normalized)
    {
        Check(normalized);
        int first = ClusterAtOrBehind(normalized.Start);
        return ToOriginal(first, Math.Max(first, ClusterAtOrBefore(normalized.End)));
    }

    /// <summary>The smallest span of whole clusters of the original that covers <paramref name="normalized"/>.</summary>
    public TextSpan ToOriginalOutside(TextSpan normalized)
    {
        Check(normalized);
        return ToOriginal(ClusterAtOrBefore(normalized.Start), ClusterAtOrBehind(normalized.End));
    }

    /// <summary>
    /// Shrinks a span of the normalized text to whole words of this text and to whole clusters, without separators around them.
    /// A span that holds no whole word is shrunk to whole clusters only, which may leave it empty.
    /// </summary>
    public TextSpan TrimToWords(TextSpan normalized)
    {
        Check(normalized);
        int start = FindWordStart(normalized), end = FindWordEnd(normalized);
        if (start < end)
            return new TextSpan(start, end);

        start = NormalizedAt(ClusterAtOrBehind(normalized.Start));
        return new TextSpan(start, Math.Max(start, NormalizedAt(ClusterAtOrBefore(normalized.End))));
    }

    /// <summary>How many words of this text have a byte inside the span.</summary>
    public int CountWords(TextSpan normalized)
    {
        Check(normalized);
        return _words.Value.CountTouched(normalized);
    }

    /// <summary>How many code points lie wholly inside the span.</summary>
    public int CountCharacters(TextSpan normalized)
    {
        Check(normalized);
        ReadOnlySpan<byte> bytes = Bytes.Span;
        int start = normalized.Start, end = normalized.End;
        while (start < end && !Utf8Decoder.IsBorder(bytes, start))
            start++;
        while (end > start && !Utf8Decoder.IsBorder(bytes, end))
            end--;
        return WordBreaker.CountCharacters(bytes[start..end]);
    }

    /// <summary>Where in <see cref="Bytes"/> the cluster begins that holds the byte of the original at this offset.</summary>
    public int ToNormalizedFloor(int originalOffset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)originalOffset, (uint)Original.Length, nameof(originalOffset));
        int before = _originalStarts.Rank(originalOffset);
        bool isStart = originalOffset == Original.Length || _originalStarts.Contains(originalOffset);
        return NormalizedAt(isStart ? before : Math.Max(before - 1, 0));
    }

    /// <summary>The first place in the span that is a cluster border with nothing but whole words behind it; the end if there is none.</summary>
    private int FindWordStart(TextSpan span)
    {
        for (int word = _words.Value.NextStart(span.Start); word < span.End;)
        {
            int cluster = NormalizedAt(ClusterAtOrBefore(word));
            if (cluster == word || cluster >= span.Start && !_words.Value.IsInside(cluster))
                return cluster;
            word = _words.Value.NextStart(NormalizedAt(ClusterAtOrBehind(word)));
        }

        return span.End;
    }

    /// <summary>The last place in the span that is a cluster border with nothing but whole words before it; the start if there is none.</summary>
    private int FindWordEnd(TextSpan span)
    {
        for (int word = _words.Value.PreviousEnd(span.End); word > span.Start;)
        {
            int cluster = NormalizedAt(ClusterAtOrBehind(word));
            if (cluster == word || cluster <= span.End && !_words.Value.IsInside(cluster))
                return cluster;
            word = _words.Value.PreviousEnd(NormalizedAt(ClusterAtOrBefore(word)));
        }

        return span.Start;
    }

    private TextSpan ToOriginal(int firstCluster, int endCluster) => new(OriginalAt(firstCluster), OriginalAt(endCluster));

    // What vanishes at the very start has no cluster before it.
    private int OriginalAt(int cluster) => cluster == 0 ? _firstStart : _originalStarts.Select(cluster);

    private int NormalizedAt(int cluster) => _normalizedStarts.Select(cluster);

    private int ClusterAtOrBehind(int position) => _normalizedStarts.Rank(position);

    private int ClusterAtOrBefore(int position)
    {
        int before = _normalizedStarts.Rank(position);
        return position == Bytes.Length || _normalizedStarts.Contains(position) ? before : before - 1;
    }

    private void Check(TextSpan normalized)
    {
        if (normalized.Start < 0 || normalized.End < normalized.Start || normalized.End > Bytes.Length)
            throw new ArgumentOutOfRangeException(nameof(normalized), normalized, $"not a span of a text of {Bytes.Length} bytes");
    }
}
