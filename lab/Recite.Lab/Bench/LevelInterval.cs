using System.Globalization;

namespace Recite.Lab.Bench;

/// <summary>
/// The lab's own and simple answer to how many exposures bring half of the canaries back: between the largest level below which, itself
/// included, less than half came back, and the smallest from which on at least half did. `recite selftest` fits a curve to the same counts.
/// </summary>
internal sealed record LevelInterval(int? Below, int? AtLeast)
{
    public static LevelInterval Of(IReadOnlyList<BenchLevel> levels)
    {
        BenchLevel[] planted = [.. levels.Where(level => level.Exposures > 0).OrderBy(level => level.Exposures)];
        return new LevelInterval(
            planted.TakeWhile(level => !IsHalf(level)).LastOrDefault()?.Exposures,
            planted.Reverse().TakeWhile(IsHalf).LastOrDefault()?.Exposures);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Below is { } below ? below : "none")} to {(AtLeast is { } atLeast ? atLeast : "none")}");

    private static bool IsHalf(BenchLevel level) => 2 * level.Extracted >= level.Canaries;
}
