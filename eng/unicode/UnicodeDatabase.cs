using System.Globalization;

namespace Recite.Unicode;

/// <summary>The properties that normalization needs, read from the text files of the Unicode character database.</summary>
internal sealed class UnicodeDatabase
{
    public const int CodePoints = 0x110000;

    private static readonly string[] ScriptsWithoutSpaces = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"];

    private UnicodeDatabase()
    {
    }

    /// <summary>First letter of the general category of every code point; <c>C</c> for what is not assigned.</summary>
    public char[] MajorCategory { get; } = [.. Enumerable.Repeat('C', CodePoints)];

    public byte[] CombiningClass { get; } = new byte[CodePoints];

    public bool[] StandsAlone { get; } = new bool[CodePoints];

    /// <summary>Canonical decompositions as UnicodeData.txt has them: one step, Hangul syllables not among them.</summary>
    public SortedDictionary<int, int[]> CanonicalStep { get; } = [];

    /// <summary>NFKC_CF of each code point that it changes.</summary>
    public SortedDictionary<int, int[]> NfkcCasefold { get; } = [];

    /// <summary>Full_Composition_Exclusion.</summary>
    public HashSet<int> NeverComposed { get; } = [];

    public static UnicodeDatabase Load(string directory)
    {
        var database = new UnicodeDatabase();
        database.ReadUnicodeData(Path.Combine(directory, "UnicodeData.txt"));
        foreach (string[] fields in ReadFields(Path.Combine(directory, "DerivedNormalizationProps.txt")))
        {
            switch (fields[1])
            {
                case "NFKC_CF": ForEach(fields[0], codePoint => database.NfkcCasefold.Add(codePoint, ParseSequence(fields[2]))); break;
                case "Full_Composition_Exclusion": ForEach(fields[0], codePoint => database.NeverComposed.Add(codePoint)); break;
            }
        }

        foreach (string[] fields in ReadFields(Path.Combine(directory, "Scripts.txt")))
        {
            if (ScriptsWithoutSpaces.Contains(fields[1], StringComparer.Ordinal))
                ForEach(fields[0], codePoint => database.StandsAlone[codePoint] = true);
        }

        return database;
    }

    private void ReadUnicodeData(string path)
    {
        int rangeStart = -1;
        foreach (string[] fields in ReadFields(path))
        {
            int codePoint = ParseHex(fields[0]);
            if (fields[1].EndsWith(", First>", StringComparison.Ordinal))
            {
                rangeStart = codePoint;
                continue;
            }

            int first = fields[1].EndsWith(", Last>", StringComparison.Ordinal) ? rangeStart : codePoint;
            Array.Fill(MajorCategory, fields[2][0], first, codePoint - first + 1);
            CombiningClass[codePoint] = byte.Parse(fields[3], CultureInfo.InvariantCulture);
            if (fields[5].Length > 0 && fields[5][0] != '<')
                CanonicalStep.Add(codePoint, ParseSequence(fields[5]));
        }
    }

    private static IEnumerable<string[]> ReadFields(string path) =>
        File.ReadLines(path)
            .Select(line => line.Split('#')[0])
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => Array.ConvertAll(line.Split(';'), field => field.Trim()));

    private static void ForEach(string range, Action<int> action)
    {
        string[] ends = range.Split("..");
        for (int codePoint = ParseHex(ends[0]); codePoint <= ParseHex(ends[^1]); codePoint++)
            action(codePoint);
    }

    private static int[] ParseSequence(string field) =>
        Array.ConvertAll(field.Split(' ', StringSplitOptions.RemoveEmptyEntries), ParseHex);

    private static int ParseHex(string field) => int.Parse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
