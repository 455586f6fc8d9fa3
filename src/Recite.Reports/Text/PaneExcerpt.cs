using Recite.Evidence;

namespace Recite.Reports.Text;

/// <summary>A pane cut to what a person reads, with its marks made sound: inside the text, in order, not overlapping.</summary>
/// <param name="Before">Context before.</param>
/// <param name="Runs">The text in runs, marked and unmarked.</param>
/// <param name="After">Context after.</param>
/// <param name="OmittedBefore">UTF-16 units left out in front.</param>
/// <param name="OmittedAfter">UTF-16 units left out behind.</param>
public sealed record PaneExcerpt(string Before, IReadOnlyList<TextRun> Runs, string After, int OmittedBefore, int OmittedAfter)
{
    private const int MaxText = 3_000;
    private const int MaxContext = 400;
    private const int LeadIn = 200;

    /// <summary>Whether a span of that number is in view.</summary>
    public bool Has(int number) => Runs.Any(r => r.Mark == number);

    /// <summary>
    /// UTF-16 units at the start of <see cref="Before"/> that belong to the prompt: whoever reads the output pane has to see where what the
    /// target was given ends and what it put out begins.
    /// </summary>
    public static int PromptUnits(Finding finding, PaneExcerpt output)
    {
        EvidencePane pane = finding.Evidence.Output;
        int firstMark = pane.Marks.Count > 0 ? Math.Max(0, pane.Marks.Min(m => m.Start)) : 0;
        int ofCompletion = Math.Max(0, Cut.UnitsOf(finding.Completion, finding.Match.Start) - firstMark);
        int ofPrompt = pane.Before.Length - ofCompletion;
        return Math.Clamp(ofPrompt - (pane.Before.Length - output.Before.Length), 0, output.Before.Length);
    }

    /// <summary>Cuts a pane; the first mark stays in view.</summary>
    public static PaneExcerpt Of(EvidencePane pane)
    {
        string text = pane.Text;
        List<EvidenceMark> marks = Sound(pane.Marks, text.Length);
        int start = 0;
        if (text.Length > MaxText && marks.Count > 0)
            start = Cut.Snap(text, Math.Clamp(marks[0].Start - LeadIn, 0, text.Length - MaxText));
        int end = Cut.Snap(text, Math.Min(text.Length, start + MaxText));

        // Context that does not touch the shown text would read as if it did.
        string before = start > 0 ? "" : Cut.Tail(pane.Before, MaxContext);
        string after = end < text.Length ? "" : Cut.Head(pane.After, MaxContext);
        int omittedBefore = start > 0 ? start + pane.Before.Length : pane.Before.Length - before.Length;
        int omittedAfter = end < text.Length ? text.Length - end + pane.After.Length : pane.After.Length - after.Length;
        return new PaneExcerpt(before, Slice(text, start, end, marks), after, omittedBefore, omittedAfter);
    }

    private static List<EvidenceMark> Sound(IReadOnlyList<EvidenceMark> marks, int length)
    {
        var sound = new List<EvidenceMark>(marks.Count);
        int from = 0;
        foreach (EvidenceMark mark in marks.OrderBy(m => m.Start).ThenBy(m => m.Number))
        {
            int start = Math.Clamp(mark.Start, from, length);
            int end = Math.Clamp(mark.End, start, length);
            if (end == start)
                continue;
            sound.Add(mark with { Start = start, End = end });
            from = end;
        }

        return sound;
    }

    private static List<TextRun> Slice(string text, int start, int end, List<EvidenceMark> marks)
    {
        var runs = new List<TextRun>();
        int at = start;
        foreach (EvidenceMark mark in marks.Where(m => m.End > start && m.Start < end))
        {
            int from = Math.Max(mark.Start, at);
            int to = Math.Min(mark.End, end);
            if (from > at)
                runs.Add(new TextRun(text[at..from], null));
            runs.Add(new TextRun(text[from..to], mark.Number));
            at = to;
        }

        if (at < end)
            runs.Add(new TextRun(text[at..end], null));
        return runs;
    }
}

/// <summary>A run of text; <see cref="Mark"/> is the number of the span it belongs to.</summary>
public readonly record struct TextRun(string Text, int? Mark);
