using System.Globalization;
using Recite.Indexing.Text;

namespace Recite.Benchmarks.Peers;

/// <summary>Spans of queries, as every engine writes them: lines of query, start, end.</summary>
internal sealed class SpanSet
{
    private readonly HashSet<(int Query, int Start, int End)> _spans;
    private readonly ILookup<int, (int Query, int Start, int End)> _byQuery;

    private SpanSet(IEnumerable<(int, int, int)> spans)
    {
        _spans = [.. spans];
        _byQuery = _spans.ToLookup(span => span.Query);
    }

    public int Count => _spans.Count;

    public static SpanSet Read(string path) => new(File.ReadLines(path).Select(line =>
    {
        string[] fields = line.Split(' ');
        int Number(int i) => int.Parse(fields[i], NumberStyles.None, CultureInfo.InvariantCulture);
        return (Number(0), Number(1), Number(2));
    }));

    public static void Write(string path, IReadOnlyList<IReadOnlyList<TextSpan>> spans) =>
        File.WriteAllLines(path, spans.SelectMany((found, query) => found.Select(span => string.Create(CultureInfo.InvariantCulture, $"{query} {span.Start} {span.End}"))));

    /// <summary>
    /// Those that lie in no other span: what the longest match from each position gives. Spans are ordered by start, the longer
    /// first, so a span lies in an earlier one when it does not end behind all of them.
    /// </summary>
    public static IReadOnlyList<TextSpan> Outermost(IEnumerable<TextSpan> spans)
    {
        List<TextSpan> outermost = [];
        int end = 0;
        foreach (TextSpan span in spans.OrderBy(span => span.Start).ThenByDescending(span => span.End).Where(span => span.End > end))
        {
            outermost.Add(span);
            end = span.End;
        }

        return outermost;
    }

    /// <summary>Which windows of <paramref name="bytes"/> bytes stand in the corpus, if these are its outermost spans.</summary>
    public HashSet<(int Query, int Start)> Windows(int bytes, int queries) =>
        [.. _spans.Where(span => span.Query < queries).SelectMany(span => Enumerable.Range(span.Start, span.End - span.Start - bytes + 1).Select(start => (span.Query, start)))];

    /// <summary>Whether a window of a query lies in one of its spans.</summary>
    public bool Holds(int query, int start, int end) => _byQuery[query].Any(span => span.Start <= start && end <= span.End);

    /// <exception cref="InvalidOperationException">The sets differ, and then no figure is worth anything.</exception>
    public void MustEqual(SpanSet other, string what)
    {
        if (_spans.SetEquals(other._spans))
            return;
        (int Query, int Start, int End)[] missing = [.. other._spans.Except(_spans)];
        (int Query, int Start, int End)[] extra = [.. _spans.Except(other._spans)];
        throw new InvalidOperationException(FormattableString.Invariant(
            $"{what}: {missing.Length} spans are missing and {extra.Length} are too many, for instance {missing.Concat(extra).First()}. No ratio is printed."));
    }
}
