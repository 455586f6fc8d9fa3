using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Outermost;

/// <summary>The spans found so far of which none lies in another: their starts and their ends both ascend.</summary>
internal sealed class OutermostSpans
{
    private readonly List<TextSpan> _spans = [];

    /// <summary>All of them by start.</summary>
    public IReadOnlyList<TextSpan> All => _spans;

    /// <summary>The greatest end of a span that begins at or before a byte; 0 without one.</summary>
    public int EndOfThoseFrom(int start)
    {
        int count = CountFrom(start);
        return count == 0 ? 0 : _spans[count - 1].End;
    }

    /// <summary>Adds a span unless it lies in another, and drops those that lie in it.</summary>
    public void Add(TextSpan span)
    {
        int first = CountFrom(span.Start);
        if (first > 0 && _spans[first - 1].End >= span.End)
            return;

        // What lies in it begins where it begins or stands right behind it.
        if (first > 0 && _spans[first - 1].Start == span.Start)
            first--;
        int end = first;
        while (end < _spans.Count && _spans[end].End <= span.End)
            end++;
        _spans.RemoveRange(first, end - first);
        _spans.Insert(first, span);
    }

    // How many begin at or before a byte.
    private int CountFrom(int start)
    {
        int low = 0, high = _spans.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (_spans[middle].Start <= start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
