using System.Text;
using System.Text.RegularExpressions;

namespace Recite.Lab.Tokenizer;

/// <summary>
/// GPT-2's pre-tokenizer. The pattern works on UTF-16 here, so letters beyond U+FFFF would be cut differently from other
/// implementations; the corpus check refuses them.
/// </summary>
internal static partial class PreTokenizer
{
    public const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public static IEnumerable<byte[]> Split(string text)
    {
        for (Match match = Pattern().Match(text); match.Success; match = match.NextMatch())
            yield return Encoding.UTF8.GetBytes(match.Value);
    }

    [GeneratedRegex(Gpt2, RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Pattern();
}
