namespace Recite.Cli.Help;

/// <summary>Sections of two columns; the second one is broken at words and keeps its indent.</summary>
internal sealed class HelpColumns(TextWriter writer)
{
    // Wide enough for prose, narrow enough for a terminal in half a window. Not the window's width: help is compared in tests.
    private const int Width = 110;
    private const int WidestName = 34;

    /// <summary>Writes a section, or nothing when it has no rows.</summary>
    public void Write(string title, IEnumerable<(string Name, string Text)> rows)
    {
        List<(string Name, string Text)> all = [.. rows];
        if (all.Count == 0)
            return;

        int nameWidth = Math.Min(WidestName, all.Max(row => row.Name.Length));
        writer.WriteLine();
        writer.WriteLine(title + ":");
        foreach ((string name, string text) in all)
            WriteRow(name, text, nameWidth);
    }

    private void WriteRow(string name, string text, int nameWidth)
    {
        string indent = new(' ', nameWidth + 4);
        string line = "  " + name.PadRight(nameWidth) + "  ";
        if (name.Length > nameWidth)
        {
            writer.WriteLine("  " + name);
            line = indent;
        }

        bool begins = true;
        foreach (string word in text.Split(' '))
        {
            if (!begins && line.Length + word.Length + 1 > Width)
            {
                writer.WriteLine(line.TrimEnd());
                line = indent;
                begins = true;
            }

            line += begins ? word : " " + word;
            begins = false;
        }

        writer.WriteLine(line.TrimEnd());
    }
}
