namespace Recite.Testing.Text;

/// <summary>Words hyphenated at line ends, by the plain reading of the definition.</summary>
public static class SlowLineJoins
{
    /// <summary>What vanishes: half-open ranges of code points from a hyphen to the letter behind it.</summary>
    public static List<(int Start, int End)> Find(IReadOnlyList<int> codePoints)
    {
        var joins = new List<(int Start, int End)>();
        for (int hyphen = 1; hyphen < codePoints.Count; hyphen++)
        {
            if (codePoints[hyphen] is not ('-' or 0xAD or 0x2010 or 0x2011) || !EndsWord(codePoints[hyphen - 1]))
                continue;

            int at = SkipSpaces(codePoints, hyphen + 1), end = at;
            if (end < codePoints.Count && codePoints[end] is '\r')
                end++;
            if (end < codePoints.Count && codePoints[end] is '\n')
                end++;
            int letter = SkipSpaces(codePoints, end);
            if (end > at && letter < codePoints.Count && BeginsWord(codePoints[letter]))
                joins.Add((hyphen, letter));
        }

        return joins;
    }

    /// <summary>Takes out what vanishes.</summary>
    public static void Remove(List<int> codePoints)
    {
        foreach ((int start, int end) in Enumerable.Reverse(Find(codePoints)))
            codePoints.RemoveRange(start, end - start);
    }

    private static bool EndsWord(int codePoint) => SlowUnicode.Category(codePoint)[0] is 'L' or 'M' && SlowUnicode.Casefold(codePoint).Length > 0;

    // Of all letters only the vowels and trailing consonants of Hangul compose with what stands before them.
    private static bool BeginsWord(int codePoint)
    {
        int[] parts = [.. SlowUnicode.Casefold(codePoint).SelectMany(part => SlowUnicode.Decompose(part, compatible: false))];
        return SlowUnicode.Category(codePoint)[0] == 'L' && parts.Length > 0 && !SlowUnicode.IsSeparator(parts[0])
            && SlowUnicode.CombiningClass(parts[0]) == 0 && parts[0] is not (>= 0x1161 and <= 0x1175 or >= 0x11A8 and <= 0x11C2);
    }

    private static int SkipSpaces(IReadOnlyList<int> codePoints, int at)
    {
        while (at < codePoints.Count && codePoints[at] is ' ' or '\t')
            at++;
        return at;
    }
}
