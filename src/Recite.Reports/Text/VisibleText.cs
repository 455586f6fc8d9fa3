using System.Globalization;
using System.Text;

namespace Recite.Reports.Text;

/// <summary>
/// Makes text from outside show what it holds: characters that control a terminal, turn the direction of writing or cannot be seen
/// become their code point between angle brackets, so that nobody reads something other than what stands there
/// (Unicode Technical Report 36, section 2; Boucher and Anderson 2021, "Trojan Source").
/// </summary>
public static class VisibleText
{
    /// <summary>The text with every invisible character spelled out; line feeds and tabs stay if <paramref name="keepLines"/>.</summary>
    public static string Escape(string text, bool keepLines = true)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (VisiblePiece piece in Split(text, keepLines))
        {
            if (piece.IsCode)
                escaped.Append('⟨').Append(piece.Text).Append('⟩');
            else
                escaped.Append(piece.Text);
        }

        return escaped.ToString();
    }

    /// <summary>Cuts the text into what can be shown as it is and code points that have to be spelled out.</summary>
    public static IEnumerable<VisiblePiece> Split(string text, bool keepLines = true)
    {
        int plain = 0;
        int at = 0;
        while (at < text.Length)
        {
            bool isScalar = Rune.TryGetRuneAt(text, at, out Rune rune);
            int length = isScalar ? rune.Utf16SequenceLength : 1;
            int value = isScalar ? rune.Value : text[at];
            bool isLineBreak = value == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
            bool kept = keepLines && (value is '\n' or '\t' || isLineBreak);
            if (!kept && (!isScalar || IsInvisible(value)))
            {
                if (at > plain)
                    yield return new VisiblePiece(text[plain..at], IsCode: false);
                yield return new VisiblePiece($"U+{value:X4}", IsCode: true);
                plain = at + length;
            }

            at += length;
        }

        if (plain < text.Length)
            yield return new VisiblePiece(text[plain..], IsCode: false);
    }

    /// <summary>Whether a reader cannot see the code point: controls, formats, separators other than the space, private use, fillers.</summary>
    public static bool IsInvisible(int codePoint) => codePoint switch
    {
        // Fillers and blanks that are letters or symbols by category and yet have no ink.
        0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 => true,

        // Variation selectors beyond the sixteen that emoji and Han use: a channel for hidden bytes.
        >= 0xE0100 and <= 0xE01EF => true,

        // Number and abbreviation signs are formats by category and have ink.
        (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD => false,
        0x00A0 or 0x202F => false,
        _ => CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator,
    };
}

/// <summary>A piece of text: shown as it is, or the name of a code point that cannot be seen.</summary>
public readonly record struct VisiblePiece(string Text, bool IsCode);
