using System.Text;
using Recite.Indexing;
using Recite.Indexing.Text;

namespace Recite.Controls.Ngram;

/// <summary>
/// Words of the normalized text, for targets whose tokenizer is not known. Every word has a probability: before anything is counted it is
/// spelled byte by byte by <see cref="WordSpelling"/>, and the end of a document is the word without letters.
/// </summary>
internal sealed class WordUnits(TextNormalizer normalizer, int folds, string folder, long memoryBytes) : INgramUnits
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<byte[]> _words = [[]];
    private readonly List<int> _folds = [NgramModelBuilder.InSeveralFolds];
    private WordSpelling? _spelling;

    public string Name => "words";

    public int[] Learn(string text, int fold)
    {
        List<int> units = [];
        foreach (NgramUnit word in Cut(text))
        {
            string spelled = Encoding.UTF8.GetString(word.Spelling.Span);
            if (!_ids.TryGetValue(spelled, out int id))
            {
                id = _words.Count;
                if (id >= NgramKey.Unknown)
                    throw new ReciteException(FormattableString.Invariant($"The corpus has more than {NgramKey.Unknown} different words, and the n-gram null counts no more; audit with a target whose tokenizer is known."));
                _ids.Add(spelled, id);
                _words.Add(word.Spelling.ToArray());
                _folds.Add(fold);
            }
            else if (_folds[id] != fold)
            {
                _folds[id] = NgramModelBuilder.InSeveralFolds;
            }

            units.Add(id);
        }

        return [.. units];
    }

    public void Seal(CancellationToken cancellationToken)
    {
        // Each different word once: what a new word looks like is told by words, not by how often the common ones stand there.
        _spelling = WordSpelling.Count(_words.Skip(1).Zip(_folds.Skip(1)), folds, folder, memoryBytes, cancellationToken);
    }

    public IReadOnlyList<NgramUnit> Read(string text) =>
        [.. Cut(text).Select(word => word with { Id = _ids.GetValueOrDefault(Encoding.UTF8.GetString(word.Spelling.Span), NgramKey.Unknown) })];

    public double BaseProbability(NgramUnit unit, int fold) => _spelling!.Probability(unit.Spelling.Span, fold);

    public double BaseProbability(int id, int fold) => _spelling!.Probability(_words[id], fold);

    public string Write(IReadOnlyList<int> ids) => string.Join(' ', ids.Select(id => Encoding.UTF8.GetString(_words[id])));

    public void Dispose() => _spelling?.Dispose();

    private List<NgramUnit> Cut(string text)
    {
        NormalizedText normalized = normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(text));
        List<NgramUnit> words = [];
        foreach (TextSpan word in WordBreaker.EnumerateWords(normalized.Bytes.Span))
        {
            TextSpan original = normalized.ToOriginalInside(word);
            words.Add(new NgramUnit(NgramKey.Unknown, original.Start, original.End, normalized.Bytes[word.Start..word.End]));
        }

        return words;
    }
}
