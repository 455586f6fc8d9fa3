using System.Security.Cryptography;
using System.Text;
using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>Where the words of canaries come from: syllables put together, or a list of the user's own.</summary>
public sealed class WordSource
{
    private const int MostBytes = 16 << 20;
    private const int LeastWords = 256;
    private const int LongestWord = 64;

    // Pronounceable in many languages and words of none: no text of anybody's is needed to make them.
    private static readonly string[] s_onsets = ["b", "br", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pl", "pr", "r", "s", "sk", "st", "t", "tr", "v", "w", "z"];
    private static readonly string[] s_vowels = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
    private static readonly string[] s_codas = ["", "", "", "l", "m", "n", "nd", "r", "rk", "s", "st", "t", "x"];

    private readonly string[]? _list;

    private WordSource(string[]? list, string digest)
    {
        _list = list;
        Digest = digest;
    }

    /// <summary>Words made of syllables.</summary>
    public static WordSource Syllables { get; } = new(null, "");

    /// <summary>SHA-256 of the words of a list, one a line; empty for syllables.</summary>
    public string Digest { get; }

    /// <summary>Reads a list: one word a line, UTF-8, at least 256 different ones.</summary>
    /// <exception cref="ReciteException">The file cannot be read or is no such list.</exception>
    public static WordSource Read(string path)
    {
        string text = Encoding.UTF8.GetString(BoundedFile.Read(path, MostBytes, "word list"));
        string[] words = [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        string? odd = words.FirstOrDefault(word => word.Length > LongestWord || !word.All(char.IsLetter));
        if (odd is not null)
            throw new ReciteException($"The word list {path} holds '{(odd.Length > 40 ? odd[..40] + "..." : odd)}', which is no word; write one word of letters a line.");
        if (words.Length < LeastWords)
            throw new ReciteException($"The word list {path} holds {words.Length} different words; at least {LeastWords} are needed, so that a canary cannot be guessed.");
        return new WordSource(words, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words)))));
    }

    /// <summary>A word.</summary>
    internal string Next(CanaryRandom random)
    {
        if (_list is not null)
            return random.Pick(_list);
        var word = new StringBuilder();
        int syllables = 1 + random.Below(3);
        for (int i = 0; i < syllables; i++)
            word.Append(random.Pick(s_onsets)).Append(random.Pick(s_vowels)).Append(random.Pick(s_codas));
        return word.Length < 3 ? word.Append('n').ToString() : word.ToString();
    }

    /// <summary>A word with its first letter in upper case.</summary>
    internal string NextName(CanaryRandom random)
    {
        string word = Next(random);
        return char.ToUpperInvariant(word[0]) + word[1..];
    }
}
