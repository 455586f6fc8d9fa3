using System.Text;
using CsCheck;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Text;

/// <summary>Texts that are likely to break a lexer, and programs written in two ways.</summary>
internal static class CodeSamples
{
    private static readonly string[] s_pieces =
    [
        "foo", "x", "b", "L", "return", "if", "i", "42", "0x1F", "1.5e-3", "0xE+1", "2", "e", "_", "\u00e9", "\u65e5", "\u00a0", "\u200b",
        " ", " ", " ", "  ", "\t", "\n", "\n", "\n", "\r\n", "\r", "\f",
        "\"", "\"", "'", "'", "`", "\\", "\\\"", "\\\\",
        "//", "// ", "/*", "/* ", "*/", "#", "# ", "#include", "#!", "![", "##", "--", "-- ", "--[[", "]]", "---",
        ":", "&", "<", ">", "(", ")", "[", "]", "{", "}", ";", ",", ".", "=", "+", "-", "/", "*", "$", "~", "!",
    ];

    private static readonly string[] s_gaps = [" ", "\n", "\r\n\t", "  ", " // it's \"so\"\n", " /* it's */ ", "\n  /* one\n * \"two */\n", "\n# a remark\n", " -- said\n", " # said\n", "\n//\n"];
    private static readonly string[] s_signs = ["(", ")", "{", "}", "[", "]", ";", ",", "=", "+", ">", "!", "%", "|"];
    private static readonly string[] s_literals = ["42", "0x1F", "2.5", "\"a b\"", "\"\"", "\"say \\\"no\\\" // never\"", "\"# 1 -- /*\""];
    private static readonly string[] s_names = ["alpha", "x", "value", "b2", "_t", "\u00e9t\u00e9", "HttpClient"];
    private static readonly string[] s_keywords = ["return", "if", "else", "while", "def", "fn", "class", "SELECT"];

    /// <summary>Any order of words, quotes, markers and line ends; sometimes bytes of any kind.</summary>
    public static Gen<byte[]> Soup { get; } = Gen.Frequency(
        (9, Pick(s_pieces).Array[0, 40].Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)))),
        (1, TextSamples.Any));

    /// <summary>The lexemes of a program.</summary>
    public static Gen<string[]> Lexemes { get; } = Gen.Frequency((4, Pick(s_names)), (4, Pick(s_signs)), (1, Pick(s_literals)), (1, Pick(s_keywords))).Array[0, 40];

    /// <summary>What may stand between two lexemes.</summary>
    public static Gen<string[]> Gaps { get; } = Gen.Frequency((1, Gen.Const("")), (2, Pick(s_gaps))).Array[41];

    /// <summary>Writes lexemes with what stands between them; two words are never run together.</summary>
    public static byte[] Write(string[] lexemes, string[] gaps)
    {
        var text = new StringBuilder();
        for (int i = 0; i < lexemes.Length; i++)
        {
            bool needsGap = i > 0 && !s_signs.Contains(lexemes[i - 1]) && !s_signs.Contains(lexemes[i]);
            text.Append(gaps[i].Length == 0 && needsGap ? " " : gaps[i]).Append(lexemes[i]);
        }

        return Encoding.UTF8.GetBytes(text.Append(gaps[^1]).ToString());
    }

    /// <summary>Other names and literals for the same structure.</summary>
    public static string[] Rename(string[] lexemes, int seed) =>
        [.. lexemes.Select(lexeme =>
            s_names.Contains(lexeme) ? $"renamed{seed + lexeme.Length}_{lexeme[0]}"
            : lexeme[0] == '"' ? "\"other\""
            : char.IsAsciiDigit(lexeme[0]) ? "7e+3"
            : lexeme)];

    public static string Normalize(string text, string profile = "code") => Encoding.UTF8.GetString(TextSamples.Normalize(Encoding.UTF8.GetBytes(text), profile));

    public static TextNormalizer Profile(bool renamed) => TextNormalizer.For(renamed ? "code-renamed" : "code");

    public static string Show(byte[] utf8) => Encoding.UTF8.GetString(utf8).ReplaceLineEndings("\u21b5");

    private static Gen<string> Pick(string[] choices) => Gen.Int[0, choices.Length - 1].Select(choice => choices[choice]);
}
