namespace Recite.Models.Tokenizers;

/// <summary>A merge as one line: its two parts with a space between (the space byte itself is written Ġ).</summary>
internal static class BpeMergeLine
{
    /// <summary>Splits a line at its only space.</summary>
    public static bool TryRead(string line, out (string Left, string Right) pair)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        bool isPair = space > 0 && space < line.Length - 1 && line.IndexOf(' ', space + 1) < 0;
        pair = isPair ? (line[..space], line[(space + 1)..]) : default;
        return isPair;
    }
}
