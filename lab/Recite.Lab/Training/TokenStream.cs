namespace Recite.Lab.Training;

/// <summary>
/// The training text of one epoch: all documents in a new order, a separator before each and after the last, cut into
/// contexts from a random first offset, so that a document's place in a context differs from epoch to epoch.
/// </summary>
internal sealed class TokenStream(IReadOnlyList<int[]> documents, int separator, int contextTokens, SeededRandom random)
{
    /// <summary>Documents' tokens and separators.</summary>
    public int TokensPerEpoch { get; } = documents.Sum(document => document.Length + 1) + 1;

    /// <summary>Contexts of one token more than the model sees: the last is only a target.</summary>
    public int ContextsPerEpoch => (TokensPerEpoch - contextTokens) / contextTokens;

    public IEnumerable<long[]> NextEpoch()
    {
        List<int[]> order = [.. documents];
        random.Shuffle(order);
        var tokens = new List<long>(TokensPerEpoch);
        foreach (int[] document in order)
        {
            tokens.Add(separator);
            tokens.AddRange(document.Select(id => (long)id));
        }

        tokens.Add(separator);
        int first = random.Below(Math.Max(1, TokensPerEpoch - (ContextsPerEpoch * contextTokens) - 1));
        for (int context = 0; context < ContextsPerEpoch; context++)
            yield return [.. tokens.GetRange(first + (context * contextTokens), contextTokens + 1)];
    }
}
