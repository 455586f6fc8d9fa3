using UglyToad.PdfPig.Content;

namespace Recite.Ingest.Pdf;

/// <summary>
/// Takes out letters that are drawn a second time at nearly the same place, which is how some programs make text bold. Linear, by
/// a grid as fine as a twentieth of the letter; even two l beside each other are farther apart.
/// </summary>
internal static class OverprintedLetters
{
    private const double SmallestSize = 1;   // in points: what is smaller is drawn in units of its own
    private const double CellsOfALetter = 20;

    /// <summary>The letters without the copies, in their order.</summary>
    public static IReadOnlyList<Letter> Remove(IReadOnlyList<Letter> letters)
    {
        var kept = new List<Letter>(letters.Count);
        var seen = new HashSet<(string Text, int Size, long X, long Y)>();
        foreach (Letter letter in letters)
        {
            // A power of two, so that letters of nearly one size share a grid.
            int size = Math.ILogB(Math.Max(Math.Abs(letter.PointSize), SmallestSize) / CellsOfALetter);
            double cell = Math.ScaleB(1, size);
            long x = (long)Math.Floor(letter.StartBaseLine.X / cell), y = (long)Math.Floor(letter.StartBaseLine.Y / cell);
            if (Math.Abs(letter.PointSize) >= SmallestSize && !string.IsNullOrWhiteSpace(letter.Value) && IsNear(seen, letter.Value, size, x, y))
                continue;
            seen.Add((letter.Value, size, x, y));
            kept.Add(letter);
        }

        return kept;
    }

    private static bool IsNear(HashSet<(string Text, int Size, long X, long Y)> seen, string text, int size, long x, long y)
    {
        for (int dx = -1; dx <= 1; dx++)
        {
            for (int dy = -1; dy <= 1; dy++)
            {
                if (seen.Contains((text, size, x + dx, y + dy)))
                    return true;
            }
        }

        return false;
    }
}
