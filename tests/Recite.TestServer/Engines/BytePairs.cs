using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recite.TestServer.Engines;

/// <summary>GPT-2's byte-level BPE (Radford et al. 2019), the slow and plain way, from vocab.json and merges.txt.</summary>
internal sealed partial class BytePairs
{
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<int, string> pieces;
    private readonly Dictionary<(string, string), int> ranks;
    private readonly char[] letterOfByte = new char[256];
    private readonly Dictionary<char, byte> byteOfLetter = [];

    public BytePairs(string directory)
    {
        ids = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(Path.Combine(directory, "vocab.json")))!;
        pieces = ids.ToDictionary(pair => pair.Value, pair => pair.Key);
        ranks = File.ReadLines(Path.Combine(directory, "merges.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal))
            .Select((line, rank) => (Parts: line.Split(' '), rank))
            .ToDictionary(merge => (merge.Parts[0], merge.Parts[1]), merge => merge.rank);
        int next = 256;
        for (int value = 0; value < 256; value++)
        {
            // Printable Latin-1 stands for itself; every other byte gets the next letter from U+0100 on.
            bool printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            letterOfByte[value] = (char)(printable ? value : next++);
            byteOfLetter[letterOfByte[value]] = (byte)value;
        }
    }

    public List<int> Encode(string text)
    {
        List<int> tokens = [];
        foreach (Match word in Words().Matches(text))
            tokens.AddRange(Merge([.. Encoding.UTF8.GetBytes(word.Value).Select(value => letterOfByte[value].ToString())]));
        return tokens;
    }

    /// <summary>The bytes of a token; none for a special token, whose letters stand for no bytes.</summary>
    public byte[] Decode(int token) =>
        pieces.TryGetValue(token, out string? piece) && piece.All(byteOfLetter.ContainsKey)
            ? [.. piece.Select(letter => byteOfLetter[letter])]
            : [];

    private IEnumerable<int> Merge(List<string> parts)
    {
        while (true)
        {
            int best = -1;
            int bestRank = int.MaxValue;
            for (int i = 0; i + 1 < parts.Count; i++)
            {
                if (ranks.TryGetValue((parts[i], parts[i + 1]), out int rank) && rank < bestRank)
                    (best, bestRank) = (i, rank);
            }

            if (best < 0)
                return parts.Select(part => ids[part]);
            parts[best] += parts[best + 1];
            parts.RemoveAt(best + 1);
        }
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Words();
}
