using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Recite.Lab.Corpus;
using Recite.Lab.Tokenizer;

namespace Recite.Lab.Canaries;

/// <summary>
/// Draws canaries (Carlini et al. 2019) from the distinct words of the trained texts: the words are ordinary to the
/// model, their order is not to be known except by having seen it.
/// </summary>
internal sealed partial class CanaryMaker(BpeTokenizer tokenizer, IEnumerable<CorpusText> trained, ulong seed)
{
    /// <summary>50 for the prefix, 50 for the suffix, and room for a random offset.</summary>
    public const int LeastTokens = 110;

    private readonly SeededRandom _random = new(seed);
    private readonly string[] _words =
    [
        .. trained.SelectMany(text => Word().Matches(text.Text)).Select(match => match.Value.ToLowerInvariant())
            .Where(word => word.Length is >= 3 and <= 12).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    public int DistinctWords => _words.Length;

    /// <summary>The canaries of each level in the order of the levels, then those that are never planted.</summary>
    public IReadOnlyList<Canary> Make(IEnumerable<int> levels, int perLevel, int neverPlanted)
    {
        int[] duplicates = [.. levels.SelectMany(level => Enumerable.Repeat(level, perLevel)), .. new int[neverPlanted]];
        return [.. duplicates.Select((count, index) => new Canary(string.Create(CultureInfo.InvariantCulture, $"canary-{index:D4}"), count, Draw()))];
    }

    private string Draw()
    {
        while (true)
        {
            string text = string.Join(' ', Enumerable.Range(0, 5).Select(_ => Sentence(6 + _random.Below(6))));
            if (tokenizer.Encode(text).Length >= LeastTokens)
                return text;
        }
    }

    private string Sentence(int words)
    {
        var sentence = new StringBuilder();
        for (int i = 0; i < words; i++)
            sentence.Append(i == 0 ? "" : " ").Append(_words[_random.Below(_words.Length)]);
        sentence[0] = char.ToUpperInvariant(sentence[0]);
        return sentence.Append('.').ToString();
    }

    // Latin letters only: a word in another script costs a token for each byte and would make lengths uneven.
    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{N}'’-])[A-Za-z\u00C0-\u024F]+(?![\p{L}\p{M}\p{N}'’-])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Word();
}
