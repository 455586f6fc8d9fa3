using System.Text;
using Recite.Evidence;
using Recite.Indexing.Text;

namespace Recite.Membership.Blind;

/// <summary>Which words a text holds, by naive Bayes: sees topics, authors, sources and wording. Words with a digit are left to the numbers' baseline.</summary>
public sealed class BagOfWordsBaseline : IBlindBaseline
{
    private static readonly TextNormalizer s_normalizer = TextNormalizer.For("text");

    /// <inheritdoc/>
    public string Name => "bag of words";

    /// <inheritdoc/>
    public double[] Score(LabelledTexts texts) => NaiveBayes.Score(texts, ReadWords);

    private static HashSet<string> ReadWords(string text)
    {
        ReadOnlyMemory<byte> normalized = NormalizedPiece.Of(s_normalizer, Encoding.UTF8.GetBytes(text));
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (TextSpan word in WordBreaker.EnumerateWords(normalized.Span))
        {
            string found = Encoding.UTF8.GetString(normalized.Span[word.Start..word.End]);
            if (!found.Any(char.IsDigit))
                words.Add(found);
        }

        return words;
    }
}
