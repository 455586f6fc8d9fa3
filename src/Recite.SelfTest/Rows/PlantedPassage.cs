using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.SelfTest.Oracles;

namespace Recite.SelfTest.Rows;

/// <summary>A passage of a document and its damaged copy inside a text that has nothing else of the corpus.</summary>
/// <param name="Document">Where the passage was cut from.</param>
/// <param name="Start">Its first UTF-8 byte there.</param>
/// <param name="End">One past its last.</param>
/// <param name="Words">Its words.</param>
/// <param name="Query">The text that is asked.</param>
/// <param name="QueryStart">First byte of the damaged copy.</param>
/// <param name="QueryEnd">One past its last.</param>
internal sealed record PlantedPassage(Document Document, int Start, int End, int Words, byte[] Query, int QueryStart, int QueryEnd)
{
    /// <summary>The share of the passage's words that the best match of it at its own place holds; 0 where none does.</summary>
    public double HeldBy(IEnumerable<ReportedMatch> matches) => matches.Select(HeldBy).DefaultIfEmpty(0).Max();

    /// <summary>Whether what a near-verbatim match says of itself is true: words that agree at the borders, and its very number of edits; null where the oracle cannot read it.</summary>
    public bool? IsTrue(ReportedMatch match, Func<string, Document> find)
    {
        string text = Encoding.UTF8.GetString(Query.AsSpan(match.Start, match.End - match.Start));
        if (!Ascii.IsValid(text))
            return null;
        IReadOnlyList<string> words = NaiveWordDistance.WordsOf(text);
        if (words.Count == 0)
            return false;
        int least = int.MaxValue;
        foreach (MatchSource source in match.Sources)
        {
            string there = Encoding.UTF8.GetString(find(source.Id).Text.Span[(int)source.Start..(int)source.End]);
            if (!Ascii.IsValid(there))
                return null;
            IReadOnlyList<string> sourceWords = NaiveWordDistance.WordsOf(there);
            if (sourceWords.Count == 0 || sourceWords.Count != source.Words || sourceWords[0] != words[0] || sourceWords[^1] != words[^1] || !EndsOnWords(there))
                return false;
            least = Math.Min(least, NaiveWordDistance.Count(words, sourceWords));
        }

        return words.Count == match.Words && EndsOnWords(text) && least == match.Edits;
    }

    private static bool EndsOnWords(string text) => char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);

    private double HeldBy(ReportedMatch match)
    {
        MatchSource? source = match.Sources.FirstOrDefault(s => string.Equals(s.Id, Document.Id, StringComparison.Ordinal) && s.Start < End && s.End > Start);
        if (source is null || match.Start >= QueryEnd || match.End <= QueryStart)
            return 0;
        int start = (int)Math.Max(source.Start, Start), end = (int)Math.Min(source.End, End);
        return (double)CountTokens(Document.Text.Span[start..end]) / Words;
    }

    // The tokens of the passage are what white space divides; so many of them are touched by the match.
    private static int CountTokens(ReadOnlySpan<byte> text)
    {
        int tokens = 0;
        bool inside = false;
        foreach (byte b in text)
        {
            bool isSpace = b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
            tokens += !isSpace && !inside ? 1 : 0;
            inside = !isSpace;
        }

        return tokens;
    }
}
