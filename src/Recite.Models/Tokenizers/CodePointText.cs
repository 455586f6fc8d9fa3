using System.Text;

namespace Recite.Models.Tokenizers;

/// <summary>
/// A text with one char per code point, for pre-tokenizer patterns, and the UTF-8 offset of each. .NET matches UTF-16 code
/// units, so that <c>\p{L}</c> would miss every letter above U+FFFF; each such code point is replaced by a stand-in of the
/// same general category below it. Lone surrogates become U+FFFD, as in their UTF-8.
/// </summary>
internal sealed class CodePointText
{
    // Indexed by UnicodeCategory (Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Cn).
    // Letters, digits and signs far from ASCII, so that a literal in a pattern never means them by accident.
    private const string StandIns =
        "\u0531\u0561\u1F88\u02B0\u0EC0\u0300\u0903\u0488\u0A66\u2160\u09F4\u2003\u2028\u2029\u0080\u2060\uFFFD\uE000\u203F\u2E3A\u2E28\u2E29\u2E0C\u2E0D\u2E2A\u2A00\u20A0\u02C2\uFFFD\u0378";

    private readonly int[] _byteOffsets;

    /// <summary>Reads <paramref name="text"/>, which may hold anything a .NET string can.</summary>
    public CodePointText(string text)
    {
        Utf8 = Encoding.UTF8.GetBytes(text);
        var chars = new char[text.Length];
        _byteOffsets = new int[text.Length + 1];
        int count = 0, offset = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            chars[count] = rune.IsBmp ? (char)rune.Value : StandIns[(int)Rune.GetUnicodeCategory(rune)];
            _byteOffsets[count++] = offset;
            offset += rune.Utf8SequenceLength;
        }

        _byteOffsets[count] = offset;
        Text = new string(chars, 0, count);
    }

    /// <summary>The text in UTF-8.</summary>
    public byte[] Utf8 { get; }

    /// <summary>One char per code point.</summary>
    public string Text { get; }

    /// <summary>Where the code point at <paramref name="index"/> of <see cref="Text"/> begins in <see cref="Utf8"/>.</summary>
    public int ByteOffset(int index) => _byteOffsets[index];
}
