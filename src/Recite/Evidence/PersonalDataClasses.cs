using System.Text.RegularExpressions;

namespace Recite.Evidence;

/// <summary>A stretch of a text that looks like personal data.</summary>
/// <param name="Class">Its class, one of <see cref="PersonalDataClasses.All"/>.</param>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="End">One past the last.</param>
public readonly record struct PersonalDataSpan(string Class, int Start, int End);

/// <summary>
/// Which classes of personal data a text seems to hold (M21): mail addresses, telephone numbers, card numbers that pass Luhn's check
/// (ISO/IEC 7812-1), IBANs that pass theirs (ISO 13616), keys and tokens of computer systems. Reports mask what these find; a class is a
/// reason to mask and to look, not a verdict.
/// </summary>
public static class PersonalDataClasses
{
    // Not backtracking: the text is hostile, and time has to stay proportional to it. No \b: it sees no border between a digit and a Han
    // character, and would miss numbers in text without spaces; what stands beside a number is looked at by hand.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex s_mail = new(@"[\p{L}\p{M}\p{N}._%+\-]{1,64}@[\p{L}\p{M}\p{N}\-]+\.[\p{L}\p{M}\p{N}.\-]+", Options);
    // One text at a time: an automaton that grows while several threads walk it has been seen to give a stretch it does not describe.
    private static readonly Lock s_turn = new();

    private static readonly Regex s_telephone = new(@"\+[0-9](?:[ ()./\-]{0,2}[0-9]){7,14}|\(?[0-9]{3}\)?[ .\-][0-9]{3}[ .\-][0-9]{4}", Options);

    /// <summary>The classes there are, in the order of reports.</summary>
    public static IReadOnlyList<string> All { get; } = ["mail", "telephone", "card", "iban", "key"];

    /// <summary>The classes found in any of the texts, in the order of <see cref="All"/>; empty for most.</summary>
    public static IReadOnlyList<string> Find(params ReadOnlySpan<string> texts)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (string text in texts)
            found.UnionWith(FindSpans(text).Select(span => span.Class));
        return [.. All.Where(found.Contains)];
    }

    /// <summary>Every stretch that looks like one, by class and then by place; stretches of different classes may overlap.</summary>
    public static IReadOnlyList<PersonalDataSpan> FindSpans(string text)
    {
        lock (s_turn)
            return Search(text);
    }

    /// <summary>Whether an ASCII digit stands at this place; false beyond the text.</summary>
    internal static bool IsDigitAt(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiDigit(text[at]);

    /// <summary>Whether an ASCII letter or digit stands at this place; false beyond the text.</summary>
    internal static bool IsWordAt(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiLetterOrDigit(text[at]);

    private static List<PersonalDataSpan> Search(string text)
    {
        var spans = new List<PersonalDataSpan>();
        foreach (ValueMatch match in s_mail.EnumerateMatches(text))
            spans.Add(new PersonalDataSpan("mail", match.Index, match.Index + match.Length));
        foreach (ValueMatch match in s_telephone.EnumerateMatches(text))
        {
            // Ten digits out of a longer number are no telephone's.
            int end = match.Index + match.Length;
            bool isPart = (text[match.Index] != '+' && IsDigitAt(text, match.Index - 1)) || IsDigitAt(text, end);
            if (!isPart)
                spans.Add(new PersonalDataSpan("telephone", match.Index, end));
        }

        CardNumbers.Find(text, spans);
        BankAccounts.Find(text, spans);
        SecretKeys.Find(text, spans);
        return spans;
    }
}
