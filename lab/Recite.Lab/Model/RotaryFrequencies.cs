namespace Recite.Lab.Model;

/// <summary>By how much each pair of a head's components turns from one position to the next (Su et al. 2021), in radians.</summary>
internal static class RotaryFrequencies
{
    public const double Base = 10_000;

    public static float[] Of(Recipe recipe) =>
        [.. Enumerable.Range(0, recipe.HeadWidth / 2).Select(pair => (float)Math.Pow(Base, -2.0 * pair / recipe.HeadWidth))];
}
