using Recite.Targets;

namespace Recite.Probes;

/// <summary>
/// Counts tokens of the text's own tokenization, so that nothing is ever cut inside a token. A token border inside a code point (byte-level
/// vocabularies have them) is no place to cut.
/// </summary>
internal sealed class TokenRuler : IRuler
{
    private readonly IReadOnlyList<Token> _tokens;
    private readonly CharacterRuler _characters;
    private readonly int[] _starts;

    public TokenRuler(IReadOnlyList<Token> tokens, CharacterRuler characters)
    {
        _tokens = tokens;
        _characters = characters;
        _starts = [.. tokens.Select(t => t.Start)];
    }

    /// <summary>Token starts on code point borders, ascending.</summary>
    public IReadOnlyList<int> Borders => [.. _starts.Where(_characters.IsBorder)];

    public int Back(int end, int count)
    {
        int last = TokenEndingAt(end);
        int first = last - count + 1;
        return last >= 0 && first >= 0 && _characters.IsBorder(_starts[first]) ? _starts[first] : -1;
    }

    public int Forward(int start, int count)
    {
        int first = Array.BinarySearch(_starts, start);
        int last = first + count - 1;
        return first >= 0 && last < _tokens.Count && _characters.IsBorder(_tokens[last].End) ? _tokens[last].End : -1;
    }

    /// <summary>The ids of the tokens that lie inside the span; <see langword="null"/> where the span cuts one.</summary>
    public IReadOnlyList<int>? Inside(int start, int end)
    {
        int first = Array.BinarySearch(_starts, start);
        if (first < 0)
            return null;

        var ids = new List<int>();
        int at = first;
        while (at < _tokens.Count && _tokens[at].End <= end)
            ids.Add(_tokens[at++].Id);
        return ids.Count > 0 && _tokens[at - 1].End == end ? ids : null;
    }

    /// <summary>The token that the byte at <paramref name="offset"/> belongs to; <see langword="null"/> where no token covers it.</summary>
    public Token? Covering(int offset)
    {
        int found = Array.BinarySearch(_starts, offset);
        int at = found >= 0 ? found : ~found - 1;
        return at >= 0 && offset < _tokens[at].End ? _tokens[at] : null;
    }

    private int TokenEndingAt(int end)
    {
        if (_tokens.Count > 0 && _tokens[^1].End == end)
            return _tokens.Count - 1;
        int next = Array.BinarySearch(_starts, end);
        return next > 0 && _tokens[next - 1].End == end ? next - 1 : -1;
    }
}
