using System.Text;
using Recite.Lab.Formats;

namespace Recite.Lab.Corpus;

/// <summary>Refuses a corpus in which two documents share a run, or that other tokenizers would read differently.</summary>
internal static class CorpusCheck
{
    /// <summary>The longest run, in normalized bytes, that two documents may share is one less than this.</summary>
    public const int RunBytes = 30;

    public static void Run(IReadOnlyList<CorpusText> texts)
    {
        string[] problems = [.. texts.SelectMany(Unreadable), .. SharedRuns(texts)];
        if (problems.Length > 0)
            throw new LabException($"The demo corpus has {problems.Length} problems; edit a word in each:\n" + string.Join('\n', problems.Take(40)));
    }

    private static IEnumerable<string> Unreadable(CorpusText text)
    {
        if (text.Text.Contains('\r', StringComparison.Ordinal) || text.Text.StartsWith('\uFEFF'))
            yield return $"{text.Id}: has carriage returns or a byte order mark";
        // The pre-tokenizer sees two halves of a surrogate pair and would cut such a word where others do not.
        if (text.Text.EnumerateRunes().Any(rune => !rune.IsBmp && Rune.IsLetterOrDigit(rune)))
            yield return $"{text.Id}: has letters beyond U+FFFF";
        if (text.Text.Contains(Tokenizer.Vocabulary.SeparatorText, StringComparison.Ordinal))
            yield return $"{text.Id}: spells the document separator";
    }

    private static IEnumerable<string> SharedRuns(IReadOnlyList<CorpusText> texts)
    {
        var firstHolder = new Dictionary<string, CorpusText>(StringComparer.Ordinal);
        foreach (CorpusText text in texts)
        {
            string bytes = Encoding.Latin1.GetString(NormalizedText.Of(text.Text));
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (int start = 0; start + RunBytes <= bytes.Length; start++)
            {
                string run = bytes.Substring(start, RunBytes);
                CorpusText holder = firstHolder.TryAdd(run, text) ? text : firstHolder[run];
                if (!ReferenceEquals(holder, text) && seen.Add(holder.Id))
                    yield return $"{text.Id} and {holder.Id} share '{Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(run))}'";
            }
        }
    }
}
