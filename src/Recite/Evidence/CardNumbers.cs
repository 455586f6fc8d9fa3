namespace Recite.Evidence;

/// <summary>
/// Finds payment card numbers: whole groups of digits, at most one space or hyphen between two digits, of a length that networks with this
/// first digit issue (ISO/IEC 7812-1), with a right check digit (Luhn 1960).
/// </summary>
internal static class CardNumbers
{
    private const int Longest = 19;

    /// <summary>Adds the numbers of a text in order; of several readings from one place the longest. Each place is looked at once.</summary>
    public static void Find(string text, List<PersonalDataSpan> spans)
    {
        int at = 0;
        while (at < text.Length)
        {
            bool isGroupStart = char.IsAsciiDigit(text[at]) && !PersonalDataClasses.IsDigitAt(text, at - 1) && !IsBehindPoint(text, at);
            int end = isGroupStart ? FindEnd(text, at) : -1;
            if (end > 0)
                spans.Add(new PersonalDataSpan("card", at, end));
            at = end > 0 ? end : at + 1;
        }
    }

    // The digits behind a decimal point are no number of their own.
    private static bool IsBehindPoint(string text, int at) => at >= 2 && text[at - 1] is '.' or ',' && char.IsAsciiDigit(text[at - 2]);

    private static int FindEnd(string text, int start)
    {
        Span<byte> digits = stackalloc byte[Longest];
        int count = 0, best = -1, at = start;
        while (count < Longest && at < text.Length)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                digits[count++] = (byte)(text[at++] - '0');
                bool isGroupEnd = !PersonalDataClasses.IsDigitAt(text, at);
                if (isGroupEnd && IsIssued(digits[0], count) && PassesLuhn(digits[..count]))
                    best = at;
            }
            else if (text[at] is ' ' or '-' && PersonalDataClasses.IsDigitAt(text, at + 1))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return best;
    }

    private static bool IsIssued(byte first, int length) => first switch
    {
        2 or 5 => length == 16,
        3 => length is 14 or 15 or 16,
        4 => length is 13 or 16 or 19,
        6 => length is >= 16 and <= 19,

        // National numbers; those of a country that nobody is are what canaries are made of.
        9 => length == 16,
        _ => false,
    };

    private static bool PassesLuhn(ReadOnlySpan<byte> digits)
    {
        int sum = 0;
        bool isDoubled = false;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            int value = digits[i] * (isDoubled ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
            isDoubled = !isDoubled;
        }

        return sum % 10 == 0;
    }
}
