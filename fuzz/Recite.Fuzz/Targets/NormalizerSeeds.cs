using System.Text;

namespace Recite.Fuzz.Targets;

/// <summary>Short texts of every kind that normalization treats in its own way, behind the byte that chooses a profile.</summary>
internal static class NormalizerSeeds
{
    public static IEnumerable<(string, byte[])> Text()
    {
        yield return ("plain", [0, .. "The QUICK  brown-fox, (jumps)\r\n over 12 dogs.\t"u8]);
        yield return ("accents", [0, .. Encoding.UTF8.GetBytes("Ünïcödé: e\u0301 \u0301x ﬁn ǅ İ ẞ ß Å\u0327\u0301 \u1E9B\u0323")]);
        yield return ("scripts", [0, .. Encoding.UTF8.GetBytes("คำไทย हिन्दी 한국어 \u1112\u1161\u11AB ｱｲｳ 漢字 עִבְרִית \U0001F468\u200D\U0001F469 \uFEFF\u200B\u00AD")]);
        yield return ("invalid", [0, (byte)'a', 0x80, 0xC3, (byte)'b', 0xE2, 0x82, 0xF0, 0x9F, 0x98, 0xED, 0xA0, 0x80, 0xFF, 0xC0, 0xAF]);
        yield return ("marks", [0, .. Encoding.UTF8.GetBytes("a" + new string('\u0300', 40) + new string('\u0323', 40) + "b")]);
        yield return ("exact", [1, .. "as it stands, \xFF\x00 byte for byte"u8]);
    }

    public static IEnumerable<(string, byte[])> Code()
    {
        const string Braces = "#include <x.h>\nint f(int a) { // why\n  return a<b ? 'it' : 1.5e-3; /* c\n d */ }\n\turl = \"http://h/#a\"; n = a // 2;\n";
        const string Hashes = "#!/bin/sh\n# a comment\nx = \"\"\"doc # no\"\"\"  # note\n#[derive(Debug)]\nlet s = &'a str; don't 1'000 ##\n";
        const string Dashes = "SELECT a -- first\n--[[ block ]] y\n--- x --\n`tick` \\\" '\\'' 0xFFe-3 __a9 \u00FCber \u540D\u524D(\u00D7)\n";
        foreach ((string language, string text) in new[] { ("braces", Braces), ("hashes", Hashes), ("dashes", Dashes) })
        {
            yield return (language, [0, .. Encoding.UTF8.GetBytes(text)]);
            yield return ($"{language}-renamed", [1, .. Encoding.UTF8.GetBytes(text)]);
        }

        yield return ("invalid", [0, (byte)'"', 0xE2, 0x82, (byte)'/', (byte)'*', 0x80, 0, 0x7F, (byte)'*', (byte)'/', 0xF0, 0x9F]);
    }
}
