using System.Globalization;
using System.Text;

namespace Recite.Lab.Corpus;

/// <summary>
/// Lower case, and one space for each run of anything that is not a letter, mark or digit: the part of Recite's
/// normalization that matters for texts written in composed characters. A test of the product scans with the real one.
/// </summary>
internal static class NormalizedText
{
    public static byte[] Of(string text)
    {
        var normalized = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsKept(Rune.GetUnicodeCategory(rune)))
                normalized.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (normalized.Length == 0 || normalized[^1] != ' ')
                normalized.Append(' ');
        }

        return Encoding.UTF8.GetBytes(normalized.ToString());
    }

    private static bool IsKept(UnicodeCategory category) => category is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
