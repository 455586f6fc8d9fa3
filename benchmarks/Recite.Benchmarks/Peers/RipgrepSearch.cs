using System.Text;
using Recite.Benchmarks.SideBySide;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// Queries as one can ask them of ripgrep: which of a query's windows of the guaranteed length, some way apart, stand in the normalized text?
/// It scans the text once for each query. Windows at every position, which the guarantee is about, would only make it slower.
/// </summary>
/// <param name="folder">Room for the text and the patterns.</param>
internal sealed class RipgrepSearch(string folder)
{
    private const int EveryQuery = 50;
    private const int WindowsApart = 100;
    private const byte Gap = 0xFF;

    /// <summary>CPU of one process for each query that was asked.</summary>
    /// <exception cref="InvalidOperationException">ripgrep and the spans say different things.</exception>
    public TraceFigures Run(PeerCorpus corpus, SpanSet ours, int guarantee)
    {
        string text = WriteLines(corpus.Normalized);
        byte[][] queries = QueryFile.Read(corpus.Queries);
        List<(QueryKind Kind, double Microseconds)> times = [];
        long peak = 0;
        for (int query = 0; query < queries.Length; query += EveryQuery)
        {
            (int Start, int End)[] windows = [.. Windows(queries[query], guarantee)];
            string patterns = Path.Combine(folder, "patterns.txt");
            File.WriteAllLines(patterns, windows.Select(window => Encoding.UTF8.GetString(queries[query].AsSpan(window.Start..window.End))));
            MeasuredProcess run = MeasuredProcess.Run("rg", "--no-config", "-F", "-a", "-o", "-N", "-I", "-f", patterns, text);
            times.Add((corpus.Kinds[query], run.CpuSeconds * 1e6));
            peak = Math.Max(peak, run.PeakBytes);
            CheckAnswer(run, queries[query], windows, window => ours.Holds(query, window.Start, window.End), query);
        }

        File.Delete(text);
        return TraceFigures.Of(times, peak);
    }

    // ripgrep names no match that overlaps one before it, so a window that it does not name may still stand in the text.
    private static void CheckAnswer(MeasuredProcess run, byte[] query, (int Start, int End)[] windows, Func<(int Start, int End), bool> stands, int number)
    {
        const int ExitFoundNothing = 1;
        if (run.ExitCode is not (0 or ExitFoundNothing))
            throw new InvalidOperationException($"ripgrep ended with {run.ExitCode}");
        HashSet<string> expected = [.. windows.Where(stands).Select(window => Encoding.UTF8.GetString(query.AsSpan(window.Start..window.End)))];
        HashSet<string> found = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        if (found.Count > 0 != expected.Count > 0 || !found.IsSubsetOf(expected))
            throw new InvalidOperationException($"query {number}: ripgrep finds {found.Count} windows where {expected.Count} lie in spans; no ratio is printed");
    }

    // A document a line: the gap is no UTF-8 and a line end is no part of normalized text.
    private string WriteLines(string normalized)
    {
        string path = Path.Combine(folder, "lines.txt");
        using FileStream input = File.OpenRead(normalized);
        using FileStream output = File.Create(path);
        var buffer = new byte[1 << 20];
        for (int read; (read = input.Read(buffer)) > 0;)
        {
            buffer.AsSpan(0, read).Replace(Gap, (byte)'\n');
            output.Write(buffer, 0, read);
        }

        return path;
    }

    // From character to character, since a pattern must be UTF-8.
    private static IEnumerable<(int Start, int End)> Windows(byte[] query, int bytes)
    {
        for (int from = 0; from + bytes <= query.Length; from += WindowsApart)
        {
            int start = NextCharacter(query, from);
            int end = NextCharacter(query, start + bytes);
            if (end < query.Length)
                yield return (start, end);
        }
    }

    private static int NextCharacter(byte[] text, int position)
    {
        while (position < text.Length && (text[position] & 0xC0) == 0x80)
            position++;
        return position;
    }
}
