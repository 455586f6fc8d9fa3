using System.Globalization;

namespace Recite.Evidence;

/// <summary>
/// Finds IBANs (ISO 13616): country, check digits and account in the country's length, in one piece or in groups with single spaces, with
/// the remainder 1 on division by 97 (ISO 7064). Lengths are those of the IBAN
/// registry, and that of country ZZ, left to users, by which the accounts in canaries are made.
/// </summary>
internal static class BankAccounts
{
    private const string Lengths =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 "
        + "FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 "
        + "MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 "
        + "SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 ZZ22";

    private static readonly Dictionary<string, int> s_lengths = Lengths.Split(' ').ToDictionary(
        entry => entry[..2],
        entry => int.Parse(entry.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture),
        StringComparer.Ordinal);

    /// <summary>Adds the accounts of a text in order.</summary>
    public static void Find(string text, List<PersonalDataSpan> spans)
    {
        int at = 0;
        while (at + 4 <= text.Length)
        {
            bool isStart = char.IsAsciiLetterUpper(text[at]) && char.IsAsciiLetterUpper(text[at + 1])
                && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3])
                && !PersonalDataClasses.IsWordAt(text, at - 1);
            int end = isStart && s_lengths.TryGetValue(text[at..(at + 2)], out int length) ? FindEnd(text, at, length) : -1;
            if (end > 0)
                spans.Add(new PersonalDataSpan("iban", at, end));
            at = end > 0 ? end : at + 1;
        }
    }

    private static int FindEnd(string text, int start, int length)
    {
        Span<char> account = stackalloc char[length];
        int count = 0, at = start;
        while (count < length && at < text.Length)
        {
            if (char.IsAsciiDigit(text[at]) || char.IsAsciiLetterUpper(text[at]))
                account[count++] = text[at++];
            else if (text[at] == ' ' && PersonalDataClasses.IsWordAt(text, at + 1))
                at++;
            else
                break;
        }

        return count == length && !PersonalDataClasses.IsWordAt(text, at) && Remainder(account) == 1 ? at : -1;
    }

    // Country and check digits behind the account; letters count as two digits, A as 10.
    private static int Remainder(ReadOnlySpan<char> account)
    {
        int rest = 0;
        for (int i = 0; i < account.Length; i++)
        {
            char c = account[(i + 4) % account.Length];
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest;
    }
}
