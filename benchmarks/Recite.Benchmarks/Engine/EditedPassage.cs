using System.Text;
using Recite.Indexing.Corpora;

namespace Recite.Benchmarks.Engine;

/// <summary>A passage of a corpus with words changed, put in and left out, between words that no corpus has.</summary>
/// <param name="Query">The whole text.</param>
/// <param name="Start">Where the passage begins in it, in bytes.</param>
/// <param name="End">One past its last byte.</param>
/// <param name="Document">The document it is from.</param>
/// <param name="SourceStart">Where it begins there, in bytes.</param>
/// <param name="SourceEnd">One past its last byte there.</param>
/// <param name="Edits">How many words were changed, put in or left out.</param>
internal sealed record EditedPassage(byte[] Query, int Start, int End, long Document, long SourceStart, long SourceEnd, int Edits)
{
    private const int Words = 90;
    private const int UntouchedWords = 30;
    private const int WordsBetweenEdits = 10;
    private const int Around = 20;
    private const int WindowBytes = 1 << 13;

    /// <summary>Draws one: ASCII, with a stretch left alone that is longer than the guarantee, and borders that can be told from their neighbours.</summary>
    public static EditedPassage Draw(CorpusIndex index, Random random)
    {
        while (true)
        {
            long document = random.NextInt64(index.DocumentCount);
            long bytes = index.GetDocument(document).Bytes;
            if (bytes < WindowBytes)
                continue;
            long from = random.NextInt64(bytes - WindowBytes + 1);
            byte[] window = index.ReadText(document, from, WindowBytes);
            if (TryEdit(window, index.Manifest.Guarantee, random) is { } passage)
                return passage with { Document = document, SourceStart = from + passage.SourceStart, SourceEnd = from + passage.SourceEnd };
        }
    }

    private static EditedPassage? TryEdit(byte[] window, int guarantee, Random random)
    {
        if (window.AsSpan().ContainsAnyInRange((byte)0x80, (byte)0xFF) || window.AsSpan().IndexOf("-\n"u8) >= 0 || window.AsSpan().IndexOf("-\r"u8) >= 0)
            return null;
        List<Range> words = WordsOf(window);
        if (words.Count < Words + (2 * Around))
            return null;
        int first = random.Next(Around, words.Count - Words - Around + 1);
        string[] text = [.. words.Select(word => Encoding.ASCII.GetString(window[word]))];
        string[] small = [.. text.Select(word => word.ToUpperInvariant())];
        if (small[first..(first + Words)].Distinct(StringComparer.Ordinal).Count() < Words / 2
            || !StandsAlone(small, first) || !StandsAlone(small, first + Words - 1)
            || string.Join(' ', small[first..(first + UntouchedWords)]).Length < guarantee)
        {
            return null;
        }

        var edited = new List<string>();
        int edits = 0;
        for (int i = 0; i < Words; i++)
        {
            bool isEdited = i >= UntouchedWords && i < Words - 5 && i % WordsBetweenEdits == 0;
            int kind = isEdited ? random.Next(3) : -1;
            edits += isEdited ? 1 : 0;
            if (kind != 1)
                edited.Add(kind == 0 ? Foreign(random) : text[first + i]);
            if (kind == 2)
                edited.Add(Foreign(random));
        }

        string before = Surrounding(random) + " ", passage = string.Join(' ', edited);
        return new EditedPassage(
            Encoding.ASCII.GetBytes(before + passage + " " + Surrounding(random)), before.Length, before.Length + passage.Length,
            0, words[first].Start.Value, words[first + Words - 1].End.Value, edits);
    }

    private static bool StandsAlone(string[] words, int at) => words[(at - Around)..(at + Around)].Count(word => word == words[at]) == 1;

    private static string Surrounding(Random random) => string.Join(' ', Enumerable.Range(0, Around).Select(_ => Foreign(random)));

    private static string Foreign(Random random) => $"zq{random.Next(1_000_000):x}qz";

    private static List<Range> WordsOf(ReadOnlySpan<byte> ascii)
    {
        List<Range> words = [];
        for (int at = 0; at < ascii.Length;)
        {
            int end = at;
            while (end < ascii.Length && char.IsAsciiLetterOrDigit((char)ascii[end]))
                end++;
            // What the window cuts is no word.
            if (end > at && at > 0 && end < ascii.Length)
                words.Add(at..end);
            at = end + 1;
        }

        return words;
    }
}
