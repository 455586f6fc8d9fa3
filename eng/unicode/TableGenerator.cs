using System.Text;

namespace Recite.Unicode;

/// <summary>Writes the table file that the product embeds; its layout is drawn in docs/formats/normalization.md.</summary>
internal static class TableGenerator
{
    private const int Separator = 0, Joined = 1, Alone = 2, Mark = 3;
    private const int BoundaryBefore = 4, ComposesBackward = 8, Number = 64, LineHyphen = 128;
    private static readonly int[] s_lineHyphens = [0x2D, 0xAD, 0x2010, 0x2011];

    /// <summary>The tables of <c>text/1</c>, or with look-alikes those of <c>text/2</c>.</summary>
    public static byte[] Generate(UnicodeDatabase database, LookAlikes? lookAlikes = null)
    {
        List<(int First, int Second, int Composite)> pairs = CollectPairs(database);
        byte[] properties = CollectProperties(database, pairs);
        Check(database, pairs, properties);
        if (lookAlikes is not null)
            AddLineProperties(database, properties);

        var writer = new TableWriter();
        writer.WriteBytes(lookAlikes is null ? "RCTU\u0001"u8 : "RCTU\u0002"u8);
        writer.WriteText("15.0.0");
        WriteRuns(writer, properties, database.CombiningClass);
        WriteSequences(writer, lookAlikes is null ? database.NfkcCasefold : lookAlikes.Fold(database, pairs));
        WriteSequences(writer, new(database.CanonicalStep.Keys.ToDictionary(codePoint => codePoint, codePoint => Decompose(database, [codePoint]))));
        writer.WriteNumber(pairs.Count);
        foreach ((int first, int second, int composite) in pairs)
        {
            writer.WriteNumber(first);
            writer.WriteNumber(second);
            writer.WriteNumber(composite);
        }

        return writer.ToArray();
    }

    /// <summary>Full canonical decomposition of each code point in turn; marks are not put into order.</summary>
    public static int[] Decompose(UnicodeDatabase database, int[] sequence) =>
        [.. sequence.SelectMany(codePoint =>
            database.CanonicalStep.TryGetValue(codePoint, out int[]? step) ? Decompose(database, step) : [codePoint])];

    private static List<(int First, int Second, int Composite)> CollectPairs(UnicodeDatabase database) =>
        [.. database.CanonicalStep
            .Where(entry => entry.Value.Length == 2 && !database.NeverComposed.Contains(entry.Key))
            .Select(entry => (entry.Value[0], entry.Value[1], entry.Key))
            .OrderBy(pair => pair.Item1).ThenBy(pair => pair.Item2)];

    private static byte[] CollectProperties(UnicodeDatabase database, List<(int First, int Second, int Composite)> pairs)
    {
        HashSet<int> backward = [.. pairs.Select(pair => pair.Second)];
        backward.UnionWith(Enumerable.Range(0x1161, 21)); // Hangul vowels
        backward.UnionWith(Enumerable.Range(0x11A8, 27)); // Hangul trailing consonants

        byte[] properties = new byte[UnicodeDatabase.CodePoints];
        for (int codePoint = 0; codePoint < properties.Length; codePoint++)
        {
            int value = database.MajorCategory[codePoint] switch
            {
                'L' or 'N' => database.StandsAlone[codePoint] ? Alone : Joined,
                'M' => Mark,
                _ => Separator,
            };
            if (backward.Contains(codePoint))
                value |= ComposesBackward;
            int[] folded = Decompose(database, database.NfkcCasefold.GetValueOrDefault(codePoint, [codePoint]));
            if (folded.Length > 0 && database.CombiningClass[folded[0]] == 0 && !backward.Contains(folded[0]))
                value |= BoundaryBefore;
            properties[codePoint] = (byte)value;
        }

        return properties;
    }

    /// <summary>What the algorithm takes for granted about Unicode; a version that breaks one of these needs another algorithm.</summary>
    private static void Check(UnicodeDatabase database, List<(int First, int Second, int Composite)> pairs, byte[] properties)
    {
        for (int codePoint = 0; codePoint < UnicodeDatabase.CodePoints; codePoint++)
        {
            if (database.CombiningClass[codePoint] != 0 && (properties[codePoint] & 3) != Mark)
                throw new InvalidDataException($"U+{codePoint:X4} has a combining class but is no mark");
            if (codePoint < 0x80 && (properties[codePoint] & BoundaryBefore) == 0)
                throw new InvalidDataException($"U+{codePoint:X4} is ASCII and no boundary");
        }

        foreach ((int first, _, int composite) in pairs)
        {
            if ((properties[first] & 3) != (properties[composite] & 3))
                throw new InvalidDataException($"U+{composite:X4} is of another word class than its first part");
        }
    }

    /// <summary>What the rule of hyphens at line ends has to know.</summary>
    private static void AddLineProperties(UnicodeDatabase database, byte[] properties)
    {
        for (int codePoint = 0; codePoint < properties.Length; codePoint++)
        {
            if (database.MajorCategory[codePoint] == 'N')
                properties[codePoint] |= Number;
        }

        foreach (int hyphen in s_lineHyphens)
            properties[hyphen] |= LineHyphen;
    }

    private static void WriteRuns(TableWriter writer, byte[] properties, byte[] combiningClass)
    {
        for (int start = 0; start < properties.Length;)
        {
            int end = start + 1;
            while (end < properties.Length && properties[end] == properties[start] && combiningClass[end] == combiningClass[start])
                end++;
            writer.WriteNumber(end - start);
            writer.WriteBytes([properties[start], combiningClass[start]]);
            start = end;
        }
    }

    private static void WriteSequences(TableWriter writer, SortedDictionary<int, int[]> sequences)
    {
        writer.WriteNumber(sequences.Count);
        int previous = 0;
        foreach ((int codePoint, int[] sequence) in sequences)
        {
            writer.WriteNumber(codePoint - previous);
            writer.WriteText(string.Concat(sequence.Select(char.ConvertFromUtf32)));
            previous = codePoint;
        }
    }

    private sealed class TableWriter
    {
        private readonly List<byte> _bytes = [];

        public void WriteBytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

        /// <summary>Seven bits per byte, lowest first; the high bit says that more follow.</summary>
        public void WriteNumber(int value)
        {
            for (; value >= 0x80; value >>= 7)
                _bytes.Add((byte)(value | 0x80));
            _bytes.Add((byte)value);
        }

        public void WriteText(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            WriteNumber(bytes.Length);
            WriteBytes(bytes);
        }

        public byte[] ToArray() => [.. _bytes];
    }
}
