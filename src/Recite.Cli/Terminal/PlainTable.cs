namespace Recite.Cli.Terminal;

/// <summary>Rows in aligned columns, for data on standard output: no borders, no colour, the same in a pipe as on a terminal.</summary>
internal static class PlainTable
{
    private const string Gap = "  ";

    /// <summary>Writes the rows; the first is the heading.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int columns = rows.Max(row => row.Count);
        var widths = new int[columns];
        List<string[]> visible = [.. rows.Select(row => row.Select(cell => TerminalText.Of(cell)).ToArray())];
        foreach (string[] row in visible)
        {
            for (int i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }

        foreach (string[] row in visible)
            writer.WriteLine(string.Join(Gap, row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }
}
