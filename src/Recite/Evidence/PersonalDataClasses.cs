using System.Text.RegularExpressions;

namespace Recite.Evidence;

/// <summary>
/// Which classes of personal data a text seems to hold (M21): mail addresses, telephone numbers, card numbers that pass Luhn's check
/// (ISO/IEC 7812-1) and IBANs that pass theirs (ISO 13616). Reports mask what these find; a class is a reason to mask, not a verdict.
/// </summary>
internal static class PersonalDataClasses
{
    // Not backtracking: the text is hostile, and time has to stay proportional to it.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex s_mail = new(@"[\p{L}\p{N}._%+\-]{1,64}@[\p{L}\p{N}\-]+\.[\p{L}\p{N}.\-]+", Options);
    private static readonly Regex s_telephone = new(@"\+[0-9](?:[ ()./\-]{0,2}[0-9]){7,14}\b|\(?\b[0-9]{3}\)?[ .\-][0-9]{3}[ .\-][0-9]{4}\b", Options);
    private static readonly Regex s_digits = new(@"\b[0-9](?:[ \-]?[0-9]){12,18}\b", Options);
    private static readonly Regex s_iban = new(@"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}\b", Options);

    /// <summary>The classes found in any of the texts, in a fixed order; empty for most.</summary>
    public static IReadOnlyList<string> Find(params ReadOnlySpan<string> texts)
    {
        bool mail = false, telephone = false, card = false, iban = false;
        foreach (string text in texts)
        {
            mail |= s_mail.IsMatch(text);
            telephone |= s_telephone.IsMatch(text);
            card |= s_digits.Matches(text).Any(match => PassesLuhn(match.Value));
            iban |= s_iban.Matches(text).Any(match => PassesMod97(match.Value));
        }

        List<string> classes = [];
        if (mail) classes.Add("mail");
        if (telephone) classes.Add("telephone");
        if (card) classes.Add("card");
        if (iban) classes.Add("iban");
        return classes;
    }

    private static bool PassesLuhn(string text)
    {
        int sum = 0;
        bool isDoubled = false;
        foreach (char digit in text.Where(char.IsAsciiDigit).Reverse())
        {
            int value = (digit - '0') * (isDoubled ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
            isDoubled = !isDoubled;
        }

        return sum % 10 == 0;
    }

    private static bool PassesMod97(string text)
    {
        string compact = text.Replace(" ", "", StringComparison.Ordinal);
        int rest = 0;
        foreach (char c in compact[4..] + compact[..4])
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        return rest == 1;
    }
}
