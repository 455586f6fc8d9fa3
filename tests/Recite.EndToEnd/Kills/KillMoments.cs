namespace Recite.EndToEnd.Kills;

/// <summary>
/// Moments drawn uniformly over a duration, one in each of as many equal parts of it and the parts in random order: every moment is as likely as
/// any other, and no long phase is missed by chance.
/// </summary>
internal sealed class KillMoments
{
    private readonly Random _random;
    private readonly int[] _parts;

    public KillMoments(int kills, int seed)
    {
        _random = new Random(seed);
        _parts = [.. Enumerable.Range(0, kills)];
        _random.Shuffle(_parts);
    }

    /// <summary>The moment of a kill, as a share of the duration.</summary>
    public double ShareOf(int kill) => (_parts[kill] + _random.NextDouble()) / _parts.Length;
}
