namespace Recite.Models.Onnx;

/// <summary>The tokens a sequence has seen, for the penalties that look back.</summary>
internal sealed class TokenHistory
{
    private readonly HashSet<int> _seen;
    private readonly Dictionary<int, int> _generatedCounts = [];
    private readonly List<int> _generated = [];

    /// <summary>Starts with the prompt, beginning of text included.</summary>
    public TokenHistory(IReadOnlyList<int> prompt) => _seen = [.. prompt];

    /// <summary>Distinct tokens of prompt and completion.</summary>
    public IReadOnlySet<int> Seen => _seen;

    /// <summary>How often each token was generated.</summary>
    public IReadOnlyDictionary<int, int> GeneratedCounts => _generatedCounts;

    /// <summary>The completion so far.</summary>
    public IReadOnlyList<int> Generated => _generated;

    /// <summary>Takes in a generated token.</summary>
    public void Add(int token)
    {
        _generated.Add(token);
        _seen.Add(token);
        _generatedCounts[token] = _generatedCounts.GetValueOrDefault(token) + 1;
    }
}
