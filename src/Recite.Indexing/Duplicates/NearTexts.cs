namespace Recite.Indexing.Duplicates;

/// <summary>Texts that stay and, for each other one, the text that makes it superfluous.</summary>
internal sealed class NearTexts
{
    private const int Stays = -1;

    private readonly int[] _because;
    private readonly float[] _containment;
    private readonly HashSet<int> _reasons = [];

    public NearTexts(int texts)
    {
        _because = new int[texts];
        Array.Fill(_because, Stays);
        _containment = new float[texts];
    }

    public void Drop(int text, int because, double containment)
    {
        _because[text] = because;
        _containment[text] = (float)containment;
        _reasons.Add(because);
    }

    public double ContainmentOf(int text) => Math.Round(_containment[text], 4);

    /// <summary>Whether a text stays and makes no other one superfluous.</summary>
    public bool IsAlone(int text) => _because[text] == Stays && !_reasons.Contains(text);

    /// <summary>The texts that stay, each with those that it makes superfluous.</summary>
    public IEnumerable<(int Kept, IReadOnlyList<int> Superfluous)> Groups() =>
        Enumerable.Range(0, _because.Length).Where(text => _because[text] != Stays).GroupBy(text => _because[text]).Select(group => (group.Key, (IReadOnlyList<int>)[.. group]));
}
