using Recite.Indexing;

namespace Recite.Ingest.Inputs;

/// <summary>One part of a pattern between two slashes. Matches without regular expressions, in time pattern x name at worst.</summary>
internal sealed class GlobSegment
{
    private const int MaxAlternatives = 64;

    private readonly List<string> _alternatives = [];

    public GlobSegment(string pattern) => Expand(pattern);

    /// <summary>Whether a file or folder name matches. A leading dot only matches a leading dot.</summary>
    public bool IsMatch(string name)
    {
        foreach (string alternative in _alternatives)
        {
            if (name.StartsWith('.') == alternative.StartsWith('.') && IsMatch(alternative, name))
                return true;
        }

        return false;
    }

    // {md,txt} becomes two patterns; nested or unclosed braces are ordinary characters, as in a shell.
    private void Expand(string pattern)
    {
        int open = pattern.IndexOf('{', StringComparison.Ordinal);
        int close = open < 0 ? -1 : pattern.IndexOf('}', open);
        if (close < 0 || !pattern.AsSpan(open, close - open).Contains(','))
        {
            if (_alternatives.Count == MaxAlternatives)
                throw new ReciteException($"A pattern has more than {MaxAlternatives} alternatives in braces: give several patterns.");
            _alternatives.Add(pattern);
            return;
        }

        foreach (string choice in pattern[(open + 1)..close].Split(','))
            Expand(string.Concat(pattern.AsSpan(0, open), choice, pattern.AsSpan(close + 1)));
    }

    // The last star is the only one worth going back to: an earlier one could match no better.
    private static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && MatchesOne(pattern[p..], name[n], out int length))
            {
                p += length;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, char c, out int length)
    {
        length = 1;
        if (pattern[0] == '?')
            return true;

        // A ] right behind the bracket, or behind its !, is a member of the set.
        bool negated = pattern.Length > 1 && pattern[0] == '[' && (pattern[1] == '!' || pattern[1] == '^');
        int first = negated ? 2 : 1;
        int close = pattern[0] == '[' && pattern.Length > first + 1 ? pattern[(first + 1)..].IndexOf(']') : -1;
        if (close < 0)
            return pattern[0] == c;

        length = first + 1 + close + 1;
        return IsInSet(pattern[first..(length - 1)], c) != negated;
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char c)
    {
        for (int i = 0; i < set.Length; i++)
        {
            bool isSpan = i + 2 < set.Length && set[i + 1] == '-';
            if (isSpan ? c >= set[i] && c <= set[i + 2] : c == set[i])
                return true;
            if (isSpan)
                i += 2;
        }

        return false;
    }
}
