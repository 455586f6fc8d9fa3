using System.Globalization;

namespace Recite.Unicode;

/// <summary>Letters that look like a letter of ASCII and are folded to it.</summary>
internal sealed class LookAlikes
{
    private readonly Dictionary<int, int> _prototypes = [];

    private LookAlikes()
    {
    }

    /// <summary>Reads lines of a letter, a semicolon and the code points that become the letter.</summary>
    public static LookAlikes Load(string path)
    {
        var lookAlikes = new LookAlikes();
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] fields = line.Split(';', StringSplitOptions.TrimEntries);
            foreach (string codePoint in fields[1].Split(' '))
                lookAlikes._prototypes.Add(int.Parse(codePoint, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), fields[0][0]);
        }

        return lookAlikes;
    }

    /// <summary>
    /// NFKC_CF with its letters replaced: each mapping is taken apart, its letters are folded, and what results is composed.
    /// Only what that changes differs from NFKC_CF itself.
    /// </summary>
    public SortedDictionary<int, int[]> Fold(UnicodeDatabase database, List<(int First, int Second, int Composite)> pairs)
    {
        Check(database);
        Dictionary<(int First, int Second), int> composites = pairs.ToDictionary(pair => (pair.First, pair.Second), pair => pair.Composite);
        var folded = new SortedDictionary<int, int[]>(database.NfkcCasefold);
        for (int codePoint = 0; codePoint < UnicodeDatabase.CodePoints; codePoint++)
        {
            int[] parts = TableGenerator.Decompose(database, database.NfkcCasefold.GetValueOrDefault(codePoint, [codePoint]));
            if (parts.Any(_prototypes.ContainsKey))
                folded[codePoint] = Compose(database, composites, [.. parts.Select(part => _prototypes.GetValueOrDefault(part, part))]);
        }

        return folded;
    }

    /// <summary>Folding must not undo itself, make a boundary of what is none, or change what is a word.</summary>
    private void Check(UnicodeDatabase database)
    {
        foreach ((int codePoint, int prototype) in _prototypes)
        {
            if (prototype is < 'a' or > 'z' || database.MajorCategory[codePoint] != 'L' || database.CombiningClass[codePoint] != 0
                || database.StandsAlone[codePoint] || database.NfkcCasefold.ContainsKey(codePoint) || database.CanonicalStep.ContainsKey(codePoint))
            {
                throw new InvalidDataException($"U+{codePoint:X4} cannot be folded to '{(char)prototype}'");
            }
        }
    }

    // Unicode 15.0, D117: the parts are in canonical order, since folding changes letters only.
    private static int[] Compose(UnicodeDatabase database, Dictionary<(int First, int Second), int> composites, int[] parts)
    {
        List<int> composed = [];
        foreach (int part in parts)
        {
            int starter = composed.FindLastIndex(earlier => database.CombiningClass[earlier] == 0);
            bool isBlocked = starter < 0 || composed.Skip(starter + 1).Any(between => database.CombiningClass[between] >= database.CombiningClass[part]);
            if (!isBlocked && composites.TryGetValue((composed[starter], part), out int composite))
                composed[starter] = composite;
            else
                composed.Add(part);
        }

        return [.. composed];
    }
}
