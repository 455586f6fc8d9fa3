using System.Globalization;
using System.Text;
using Recite.Probes;

namespace Recite.SelfTest.Rows;

/// <summary>Damages passages the way copying, retyping and recognizing text do.</summary>
/// <param name="random">Where the choices come from.</param>
/// <param name="otherWords">Words to put in the place of others.</param>
internal sealed class PassageDamage(SeededRandom random, IReadOnlyList<string> otherWords)
{
    private const int WordsPerLine = 10;
    private const string Latin = "aceopxyABCEHKMOPTX";
    private const string Cyrillic = "асеорхуАВСЕНКМОРТХ";
    private static readonly string[] s_spaces = ["\n", "  ", "\t", " \r\n ", "   "];
    private static readonly string[] s_signs = [", ", "; ", " – ", ". ", " (", ") ", "… ", " \u201C"];

    /// <summary>A damaged copy of a passage.</summary>
    public string Apply(IReadOnlyList<string> passage, DamageKind kind)
    {
        switch (kind.Change)
        {
            case TextChange.Case:
                return string.Concat(string.Join(' ', passage).Select(c => c is >= 'a' and <= 'z' ? (char)(c - 32) : c));
            case TextChange.Spacing:
                return Join(passage, s_spaces);
            case TextChange.Punctuation:
                return Join(passage, s_signs);
            case TextChange.LookAlikes:
                return string.Concat(string.Join(' ', passage).Select(LookAlike));
            case TextChange.LineNumbers:
                return string.Concat(passage.Select((word, i) => i % WordsPerLine == 0 ? string.Create(CultureInfo.InvariantCulture, $"\n{(i / WordsPerLine) + 7} {word} ") : word + " "));
            default:
                return string.Join(' ', Change(passage, ((passage.Count * kind.ChangedWords) + 50) / 100));
        }
    }

    // Of eight changed words, five are others, one is misspelt, one is missing, and behind one stands another that was not there.
    private List<string> Change(IReadOnlyList<string> passage, int count)
    {
        HashSet<long> chosen = [.. random.Draw(passage.Count, count)];
        var words = new List<string>(passage.Count + count);
        for (int i = 0; i < passage.Count; i++)
        {
            if (!chosen.Contains(i))
            {
                words.Add(passage[i]);
                continue;
            }

            switch (random.Below(8))
            {
                case 0:
                    words.Add(Misspell(passage[i]));
                    break;
                case 1:
                    break;
                case 2:
                    words.Add(passage[i]);
                    words.Add(AnyWord());
                    break;
                default:
                    words.Add(AnyWord());
                    break;
            }
        }

        return words;
    }

    private string AnyWord() => otherWords[(int)random.Below(otherWords.Count)];

    private string Misspell(string word)
    {
        int at = (int)random.Below(word.Length);
        return new StringBuilder(word) { [at] = (char)('a' + random.Below(26)) }.ToString();
    }

    private string Join(IReadOnlyList<string> words, string[] between) =>
        string.Concat(words.Select(word => word + between[random.Below(between.Length)]));

    private char LookAlike(char c) => Latin.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 && random.Below(20) == 0 ? Cyrillic[at] : c;
}
