namespace Recite.Targets;

/// <summary>Sums of log-probabilities over any range, in float64; those that are negative infinity are counted apart, because they cannot be taken away again.</summary>
internal sealed class PrefixSums
{
    private readonly double[] _sums;
    private readonly int[] _impossible;

    /// <summary>Adds up.</summary>
    public PrefixSums(IReadOnlyList<double> values)
    {
        _sums = new double[values.Count + 1];
        _impossible = new int[values.Count + 1];
        for (int i = 0; i < values.Count; i++)
        {
            bool isImpossible = double.IsNegativeInfinity(values[i]);
            _sums[i + 1] = _sums[i] + (isImpossible ? 0 : values[i]);
            _impossible[i + 1] = _impossible[i] + (isImpossible ? 1 : 0);
        }
    }

    /// <summary>The sum of a range; 0 of none.</summary>
    public double Sum(int start, int length) =>
        _impossible[start + length] > _impossible[start] ? double.NegativeInfinity : _sums[start + length] - _sums[start];
}
