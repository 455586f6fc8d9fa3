using Recite.Indexing;
using Recite.Targets;

namespace Recite.Controls.Ngram;

/// <summary>
/// The target's own tokens: a closed vocabulary, so that the probability is of the same sequence that the target's is of. Before anything is
/// counted each token, and the end of a document, is equally probable.
/// </summary>
internal sealed class TokenUnits : INgramUnits
{
    private readonly ITokenizer _tokenizer;
    private readonly double _uniform;

    /// <exception cref="ReciteException">The vocabulary is larger than n-grams can hold.</exception>
    public TokenUnits(ITokenizer tokenizer, int vocabularySize)
    {
        // The border is 0 and the unknown unit the largest number, so a token is its id and one.
        if (vocabularySize >= NgramKey.Unknown - 1)
            throw new ReciteException(FormattableString.Invariant($"The target's vocabulary has {vocabularySize} tokens, and the n-gram null counts at most {NgramKey.Unknown - 2}."));
        _tokenizer = tokenizer;
        _uniform = 1.0 / (vocabularySize + 1);
    }

    public string Name => "tokens";

    public static int ToId(int token) => token + 1;

    public int[] Learn(string text, int fold) => [.. _tokenizer.Encode(text).Select(t => ToId(t.Id))];

    public void Seal(CancellationToken cancellationToken)
    {
    }

    public IReadOnlyList<NgramUnit> Read(string text) => [.. _tokenizer.Encode(text).Select(t => new NgramUnit(ToId(t.Id), t.Start, t.End, default))];

    public double BaseProbability(NgramUnit unit, int fold) => _uniform;

    public double BaseProbability(int id, int fold) => _uniform;

    public string Write(IReadOnlyList<int> ids) => _tokenizer.Decode([.. ids.Select(id => id - 1)]);

    public void Dispose()
    {
    }
}
