using Recite.Indexing.Text;

namespace Recite.Indexing.Segments;

/// <summary>
/// Divides a text into stretches that can be mapped back by themselves. Nearly always there is a cut for each; only where none comes in
/// time (a line of code, a run of signs or of marks of so many bytes) are the clusters looked at, for a stretch may end at every cluster.
/// </summary>
/// <param name="normalizer">The profile.</param>
/// <param name="mostBytes">The longest stretch that is not one cluster.</param>
internal sealed class StretchCutter(TextNormalizer normalizer, int mostBytes)
{
    // How far before the longest length a cut is looked for: words and most lines are shorter.
    private readonly int _early = mostBytes / 16;
    private readonly List<CheckPoint> _stretches = [];

    /// <summary>Where the stretches begin that the last call found, counted from where it began in both forms of the text.</summary>
    public IReadOnlyList<CheckPoint> Stretches => _stretches;

    /// <summary>Goes on from a place where the text may be cut and a cluster begins, and gives the next such place: about one stretch on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The place, or the start of the text.</param>
    /// <param name="room">Bytes after which the next place is wanted, where that is sooner.</param>
    public int Advance(ReadOnlyMemory<byte> text, int start, int room)
    {
        _stretches.Clear();
        int wanted = Math.Min(mostBytes - _early, room), rest = text.Length - start;
        int end = rest <= Math.Min(mostBytes, room) ? text.Length : normalizer.FindClusterCut(text.Span, start + wanted);
        if (start == 0 && end < text.Length && normalizer.JoinsBehind(text.Span[..end]))
            end = normalizer.FindClusterCut(text.Span, end + 1);
        if (end - start <= mostBytes)
            _stretches.Add(default);
        else
            CutAtClusters(normalizer.NormalizeWithMap(text[start..end]));
        return end;
    }

    private void CutAtClusters(NormalizedText text)
    {
        for (CheckPoint here = default; here.Original < text.Original.Length;)
        {
            int next = text.ClustersUpTo(here.Original);
            int end = IsSpace(text, here.Normalized) ? next : Math.Max(next, FindLastEnd(text, here.Original));
            _stretches.Add(here with { IsOneCluster = end == next });
            (int original, int normalized) = text.BorderAt(end);
            here = new CheckPoint(original, normalized, IsOneCluster: false);
        }
    }

    private int FindLastEnd(NormalizedText text, int start)
    {
        if (text.Original.Length - start <= mostBytes)
            return text.ClusterCount;
        int last = text.ClustersUpTo(start + mostBytes) - 1;
        while (last >= 0 && IsSpace(text, text.BorderAt(last).Normalized))
            last--;
        return last;
    }

    // In code, what vanishes behind a word becomes its space; without the word before it, it would become nothing.
    private static bool IsSpace(NormalizedText text, int normalized) => normalized < text.Bytes.Length && text.Bytes.Span[normalized] == ' ';
}
