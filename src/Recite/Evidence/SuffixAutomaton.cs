namespace Recite.Evidence;

/// <summary>
/// The smallest automaton that accepts every substring of one text (Blumer et al. 1985), built online in linear time. Used to find the
/// longest substring that two texts share without comparing them pair by pair.
/// </summary>
internal sealed class SuffixAutomaton
{
    private readonly List<State> _states = [new State(0, -1, 0)];
    private int _last;

    public SuffixAutomaton(ReadOnlySpan<int> text)
    {
        foreach (int symbol in text)
            Append(symbol);
    }

    /// <summary>The longest common substring: where it first ends in the automaton's own text, and its length (0 where there is none).</summary>
    public (int End, int Length) LongestCommon(ReadOnlySpan<int> other)
    {
        int state = 0, length = 0, bestEnd = 0, best = 0;
        foreach (int symbol in other)
        {
            while (state != 0 && !_states[state].Next.ContainsKey(symbol))
            {
                state = _states[state].Link;
                length = _states[state].Length;
            }

            if (_states[state].Next.TryGetValue(symbol, out int next))
            {
                state = next;
                length++;
            }

            if (length > best)
                (best, bestEnd) = (length, _states[state].FirstEnd);
        }

        return (bestEnd, best);
    }

    private void Append(int symbol)
    {
        int added = Add(new State(_states[_last].Length + 1, 0, _states[_last].Length + 1));
        int at = _last;
        while (at >= 0 && _states[at].Next.TryAdd(symbol, added))
            at = _states[at].Link;

        if (at >= 0)
            _states[added].Link = Split(at, symbol);
        _last = added;
    }

    // The state that follows `from` stands for too many substrings when it is more than one symbol longer: the shorter ones get their own.
    private int Split(int from, int symbol)
    {
        int old = _states[from].Next[symbol];
        if (_states[old].Length == _states[from].Length + 1)
            return old;

        var copy = new State(_states[from].Length + 1, _states[old].Link, _states[old].FirstEnd);
        foreach ((int key, int value) in _states[old].Next)
            copy.Next[key] = value;
        int clone = Add(copy);
        for (int at = from; at >= 0 && _states[at].Next.GetValueOrDefault(symbol, -1) == old; at = _states[at].Link)
            _states[at].Next[symbol] = clone;
        _states[old].Link = clone;
        return clone;
    }

    private int Add(State state)
    {
        _states.Add(state);
        return _states.Count - 1;
    }

    private sealed class State(int length, int link, int firstEnd)
    {
        public int Length { get; } = length;

        public int Link { get; set; } = link;

        public int FirstEnd { get; } = firstEnd;

        public Dictionary<int, int> Next { get; } = [];
    }
}
