using System.Collections.Frozen;

namespace Recite.Indexing.Text.Internals;

/// <summary>Words that make a line with <c>#</c> at its start a line of code: directives of C, C++, C# and Swift.</summary>
internal static class CodeDirectives
{
    private const int LongestWord = 16;

    private static readonly FrozenSet<string> s_words = new[]
    {
        "available", "define", "elif", "elifdef", "elifndef", "else", "elseif", "embed", "endif", "endregion", "error", "if", "ifdef", "ifndef",
        "import", "include", "include_next", "line", "nullable", "pragma", "region", "selector", "sourceLocation", "undef", "warning",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether one of the words stands right here.</summary>
    public static bool BeginsWithOne(ReadOnlySpan<byte> text)
    {
        Span<char> word = stackalloc char[LongestWord];
        int length = 0;
        for (; length < text.Length && CodeBytes.IsWord(text[length]); length++)
        {
            if (length == LongestWord)
                return false;
            word[length] = (char)text[length];
        }

        return s_lookup.Contains(word[..length]);
    }
}
