using Recite.Indexing.Text;

namespace Recite.Probes;

/// <summary>Counts words. A stretch begins where its first word does and ends where its last one does, or at the offset that was asked for.</summary>
internal sealed class WordRuler : IRuler
{
    private readonly int[] _starts;
    private readonly int[] _ends;

    public WordRuler(ReadOnlySpan<byte> text)
    {
        List<int> starts = [], ends = [];
        foreach (TextSpan word in WordBreaker.EnumerateWords(text))
        {
            starts.Add(word.Start);
            ends.Add(word.End);
        }

        _starts = [.. starts];
        _ends = [.. ends];
    }

    /// <summary>Where words end, ascending.</summary>
    public IReadOnlyList<int> Ends => _ends;

    public int Back(int end, int count)
    {
        int first = CountBelow(_starts, end) - count;
        return first >= 0 ? _starts[first] : -1;
    }

    public int Forward(int start, int count)
    {
        int last = CountBelow(_ends, start + 1) + count - 1;
        return last < _ends.Length ? _ends[last] : -1;
    }

    private static int CountBelow(int[] ascending, int offset)
    {
        int found = Array.BinarySearch(ascending, offset);
        return found >= 0 ? found : ~found;
    }
}
