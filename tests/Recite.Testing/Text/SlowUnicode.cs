using System.Globalization;

namespace Recite.Testing.Text;

/// <summary>Unicode properties looked up in dictionaries filled straight from the text files.</summary>
public static class SlowUnicode
{
    private static readonly Dictionary<int, string> s_categories = [];
    private static readonly Dictionary<int, int> s_classes = [];
    private static readonly Dictionary<int, int[]> s_canonical = [];
    private static readonly Dictionary<int, int[]> s_compatible = [];
    private static readonly Dictionary<(int First, int Second), int> s_composites = [];
    private static readonly Dictionary<int, int[]> s_casefold = [];
    private static readonly Dictionary<int, string> s_scripts = [];
    private static readonly List<(int First, int Last, string Category)> s_ranges = [];

    static SlowUnicode()
    {
        int first = 0;
        foreach (string[] fields in UnicodeFiles.ReadFields("UnicodeData.txt"))
        {
            int codePoint = Hex(fields[0]);
            if (fields[1].EndsWith("First>", StringComparison.Ordinal))
                first = codePoint;
            else if (fields[1].EndsWith("Last>", StringComparison.Ordinal))
                s_ranges.Add((first, codePoint, fields[2]));
            s_categories[codePoint] = fields[2];
            s_classes[codePoint] = int.Parse(fields[3], CultureInfo.InvariantCulture);
            if (fields[5].StartsWith('<'))
                s_compatible[codePoint] = Sequence(fields[5][(fields[5].IndexOf('>', StringComparison.Ordinal) + 1)..]);
            else if (fields[5].Length > 0)
                s_canonical[codePoint] = Sequence(fields[5]);
        }

        FillCasefold();
        FillComposites();
        foreach (string[] fields in UnicodeFiles.ReadFields("Scripts.txt"))
        {
            foreach (int codePoint in Range(fields[0]))
                s_scripts[codePoint] = fields[1];
        }
    }

    /// <summary>Code points with a canonical decomposition, for drawing hostile texts.</summary>
    public static IEnumerable<int> Decomposable => s_canonical.Keys;

    /// <summary>Code points with a combining class.</summary>
    public static IEnumerable<int> Marks => s_classes.Where(entry => entry.Value > 0).Select(entry => entry.Key);

    /// <summary>Code points that NFKC_CF changes.</summary>
    public static IEnumerable<int> Folding => s_casefold.Keys;

    public static string Category(int codePoint)
    {
        if (s_categories.TryGetValue(codePoint, out string? category))
            return category;
        return s_ranges.Find(range => codePoint >= range.First && codePoint <= range.Last).Category ?? "Cn";
    }

    public static bool IsSeparator(int codePoint) => Category(codePoint)[0] is not ('L' or 'M' or 'N');

    public static string Script(int codePoint) => s_scripts.GetValueOrDefault(codePoint, "Unknown");

    public static int CombiningClass(int codePoint) => s_classes.GetValueOrDefault(codePoint);

    public static int[] Casefold(int codePoint) => s_casefold.GetValueOrDefault(codePoint, [codePoint]);

    /// <summary>Full decomposition, canonical or (also) compatible.</summary>
    public static IEnumerable<int> Decompose(int codePoint, bool compatible)
    {
        if (codePoint is >= 0xAC00 and <= 0xD7A3)
        {
            int index = codePoint - 0xAC00;
            int[] jamo = [0x1100 + (index / 588), 0x1161 + (index % 588 / 28), 0x11A7 + (index % 28)];
            return index % 28 == 0 ? jamo.Take(2) : jamo;
        }

        if (s_canonical.TryGetValue(codePoint, out int[]? parts) || compatible && s_compatible.TryGetValue(codePoint, out parts))
            return parts.SelectMany(part => Decompose(part, compatible));
        return [codePoint];
    }

    public static int? Compose(int first, int second)
    {
        if (first is >= 0x1100 and <= 0x1112 && second is >= 0x1161 and <= 0x1175)
            return 0xAC00 + ((first - 0x1100) * 588) + ((second - 0x1161) * 28);
        if (first is >= 0xAC00 and <= 0xD7A3 && (first - 0xAC00) % 28 == 0 && second is >= 0x11A8 and <= 0x11C2)
            return first + second - 0x11A7;
        return s_composites.TryGetValue((first, second), out int composite) ? composite : null;
    }

    private static void FillCasefold()
    {
        foreach (string[] fields in UnicodeFiles.ReadFields("DerivedNormalizationProps.txt"))
        {
            if (!string.Equals(fields[1], "NFKC_CF", StringComparison.Ordinal))
                continue;
            foreach (int codePoint in Range(fields[0]))
                s_casefold[codePoint] = Sequence(fields[2]);
        }
    }

    // From CompositionExclusions.txt and the two rules of UAX #15 (singletons, non-starters), not from the derived property.
    private static void FillComposites()
    {
        HashSet<int> excluded = [.. UnicodeFiles.ReadFields("CompositionExclusions.txt").SelectMany(fields => Range(fields[0]))];
        foreach ((int codePoint, int[] parts) in s_canonical)
        {
            if (parts.Length == 2 && !excluded.Contains(codePoint) && CombiningClass(codePoint) == 0 && CombiningClass(parts[0]) == 0)
                s_composites[(parts[0], parts[1])] = codePoint;
        }
    }

    private static IEnumerable<int> Range(string field)
    {
        string[] ends = field.Split("..");
        return Enumerable.Range(Hex(ends[0]), Hex(ends[^1]) - Hex(ends[0]) + 1);
    }

    private static int[] Sequence(string field) => [.. field.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Hex)];

    private static int Hex(string field) => int.Parse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
