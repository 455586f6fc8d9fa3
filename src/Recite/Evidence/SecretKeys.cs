using System.Text.RegularExpressions;

namespace Recite.Evidence;

/// <summary>
/// Finds keys and tokens of computer systems: by the prefixes that services publish so that leaked keys can be found, private key blocks in
/// the text form of RFC 7468, JSON web tokens (RFC 7519), and long tokens that only chance makes (mixed case, digits everywhere, at least
/// <see cref="LeastBits"/> bits of Shannon entropy a character).
/// </summary>
internal static class SecretKeys
{
    private const double LeastBits = 4;
    private const int LeastLong = 32;
    private const int LongestBlock = 16 * 1024;
    private const int LongestHeader = 64;
    private const string Begin = "-----BEGIN ";
    private const string PrivateKey = "PRIVATE KEY-----";
    private const string End = "-----END ";

    private static readonly Regex s_prefixed = new(
        @"(?:AKIA|ASIA)[0-9A-Z]{16}"
        + @"|gh[pousr]_[0-9A-Za-z]{36,}"
        + @"|glpat-[0-9A-Za-z_\-]{20,}"
        + @"|xox[abeoprs]-[0-9A-Za-z\-]{10,}"
        + @"|AIza[0-9A-Za-z_\-]{35}"
        + @"|ya29\.[0-9A-Za-z_\-]{20,}"
        + @"|[rsp]k_(?:live|test)_[0-9A-Za-z]{16,}"
        + @"|sk-[0-9A-Za-z_\-]{20,}"
        + @"|hf_[0-9A-Za-z]{30,}"
        + @"|SG\.[0-9A-Za-z_\-]{22}\.[0-9A-Za-z_\-]{43}"
        + @"|eyJ[0-9A-Za-z_\-]{8,}\.eyJ[0-9A-Za-z_\-]{8,}\.[0-9A-Za-z_\-]{8,}",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Adds the keys of a text in order, those that overlap as one.</summary>
    public static void Find(string text, List<PersonalDataSpan> spans)
    {
        var found = new List<PersonalDataSpan>();
        FindBlocks(text, found);
        foreach (ValueMatch match in s_prefixed.EnumerateMatches(text))
        {
            if (!PersonalDataClasses.IsWordAt(text, match.Index - 1))
                found.Add(new PersonalDataSpan("key", match.Index, match.Index + match.Length));
        }

        FindLong(text, found);

        int first = spans.Count;
        foreach (PersonalDataSpan span in found.OrderBy(f => f.Start))
        {
            if (spans.Count > first && span.Start < spans[^1].End)
                spans[^1] = spans[^1] with { End = Math.Max(spans[^1].End, span.End) };
            else
                spans.Add(span);
        }
    }

    private static void FindLong(string text, List<PersonalDataSpan> spans)
    {
        int start = 0;
        for (int at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && IsOfToken(text[at]))
                continue;
            if (at - start >= LeastLong && IsRandom(text.AsSpan(start, at - start)))
                spans.Add(new PersonalDataSpan("key", start, at));
            start = at + 1;
        }
    }

    private static bool IsOfToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '/' or '=' or '-';

    private static void FindBlocks(string text, List<PersonalDataSpan> spans)
    {
        int at = text.IndexOf(Begin, StringComparison.Ordinal);
        while (at >= 0)
        {
            int end = at + Begin.Length;
            int header = text.IndexOf(PrivateKey, end, Math.Min(LongestHeader, text.Length - end), StringComparison.Ordinal);
            if (header >= 0)
            {
                // A block that was cut is a block to the end of what can belong to it.
                int body = header + PrivateKey.Length;
                end = text.IndexOf(End, body, Math.Min(LongestBlock, text.Length - body), StringComparison.Ordinal);
                end = end >= 0 ? Math.Min(text.Length, end + End.Length) : FindBodyEnd(text, body);
                spans.Add(new PersonalDataSpan("key", at, end));
            }

            at = text.IndexOf(Begin, end, StringComparison.Ordinal);
        }
    }

    private static int FindBodyEnd(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '+' or '/' or '=' or '\r' or '\n'))
            at++;
        return at;
    }

    // Names and paths have capitals and digits too, but in a few places only, and their letters are those of words.
    private static bool IsRandom(ReadOnlySpan<char> token)
    {
        int upper = 0, lower = 0, changes = 0;
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        for (int i = 0; i < token.Length; i++)
        {
            counts[token[i]]++;
            upper += char.IsAsciiLetterUpper(token[i]) ? 1 : 0;
            lower += char.IsAsciiLetterLower(token[i]) ? 1 : 0;
            changes += i > 0 && char.IsAsciiDigit(token[i]) != char.IsAsciiDigit(token[i - 1]) ? 1 : 0;
        }

        return upper >= 4 && lower >= 4 && changes >= 5 && Entropy(counts, token.Length) >= LeastBits;
    }

    private static double Entropy(ReadOnlySpan<int> counts, int length)
    {
        double bits = 0;
        foreach (int count in counts)
        {
            if (count > 0)
                bits -= (double)count / length * Math.Log2((double)count / length);
        }

        return bits;
    }
}
