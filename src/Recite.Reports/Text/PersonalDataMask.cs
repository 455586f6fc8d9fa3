using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Recite.Evidence;
using Recite.Reporting;

namespace Recite.Reports.Text;

/// <summary>
/// Masks personal data in findings that hold some (M21): letters and digits become asterisks one for one, so that every offset and mark
/// stays true. Where a class has no pattern here, or its pattern catches nothing, the finding's whole text is hidden.
/// </summary>
internal static class PersonalDataMask
{
    // Not backtracking: the text is hostile, and time has to stay proportional to it. Keys before numbers, which would split them.
    // What the mask leaves is matched too, so that masking a masked report changes nothing.
    private static readonly Regex[] Patterns =
    [
        .. new[]
        {
            @"[A-Za-z0-9_+/=\-*]{20,}",
            @"[\p{L}\p{M}\p{N}._%+\-*·•]{1,64}@[\p{L}\p{M}\p{N}.\-*·•]+",
            @"(?:[A-Z]{2})?\+?[0-9*](?:[ ()./\-]{0,2}[0-9A-Z*]){6,33}",
        }.Select(pattern => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)),
    ];

    // An asterisk of four bytes of UTF-8 and two units of UTF-16, for letters and digits beyond the basic plane.
    private const string Beyond = "\U0001F7BC";

    private static readonly HashSet<string> PatternClasses =
        new(["mail", "email", "telephone", "phone", "card", "iban", "key", "keys"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The report as it may be shown under <paramref name="options"/>.</summary>
    public static AuditReport Apply(AuditReport report, ReportOptions options)
    {
        if (options.Reveal || report.Findings.All(f => f.PersonalData.Count == 0))
            return report;
        return report with { Findings = [.. report.Findings.Select(f => f.PersonalData.Count == 0 ? f : Mask(f))] };
    }

    private static Finding Mask(Finding finding)
    {
        bool caught = finding.PersonalData.All(PatternClasses.Contains) && Patterns.Any(p => AllTexts(finding).Any(p.IsMatch));
        return finding with
        {
            Prompt = caught ? MaskPatterns(finding.Prompt) : Hide(finding.Prompt),
            Completion = caught ? MaskPatterns(finding.Completion) : Hide(finding.Completion),
            Evidence = new EvidencePanes(Mask(finding.Evidence.Output, caught), Mask(finding.Evidence.Source, caught)),
        };
    }

    private static string[] AllTexts(Finding finding) =>
    [
        finding.Prompt,
        finding.Completion,
        finding.Evidence.Output.Before + finding.Evidence.Output.Text + finding.Evidence.Output.After,
        finding.Evidence.Source.Before + finding.Evidence.Source.Text + finding.Evidence.Source.After,
    ];

    private static EvidencePane Mask(EvidencePane pane, bool caught)
    {
        // Context and text are masked as one string: a number may begin in one and end in the other.
        string all = pane.Before + pane.Text + pane.After;
        string masked = caught ? MaskPatterns(all) : Hide(all);
        int textEnd = pane.Before.Length + pane.Text.Length;
        return pane with { Before = masked[..pane.Before.Length], Text = masked[pane.Before.Length..textEnd], After = masked[textEnd..] };
    }

    // What was recognized first: the patterns below are wider, but some classes have forms that no pattern has (a key block with its header).
    private static string MaskPatterns(string text)
    {
        char[] hidden = text.ToCharArray();
        foreach (PersonalDataSpan span in PersonalDataClasses.FindSpans(text))
            Hide(text[span.Start..span.End]).CopyTo(0, hidden, span.Start, span.End - span.Start);
        return Patterns.Aggregate(new string(hidden), (current, pattern) => pattern.Replace(current, match => Hide(match.Value)));
    }

    private static string Hide(string text)
    {
        var hidden = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                hidden.Append(Rune.IsLetterOrDigit(new Rune(text[i], text[i + 1])) ? Beyond : text.Substring(i, 2));
                i++;
            }
            else
            {
                hidden.Append(char.IsAsciiLetterOrDigit(text[i]) ? '*' : HideOther(text[i]));
            }
        }

        return hidden.ToString();
    }

    // Beyond ASCII one unit of UTF-16 is more than one byte of UTF-8; these keep both counts (two and three bytes).
    private static char HideOther(char unit) => char.IsLetterOrDigit(unit) || char.GetUnicodeCategory(unit) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        ? unit < 0x800 ? '·' : '•'
        : unit;
}
