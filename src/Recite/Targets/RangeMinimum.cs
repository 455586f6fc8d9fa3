using System.Numerics;

namespace Recite.Targets;

/// <summary>The smallest value of any range in constant time: a sparse table of the ranges whose length is a power of two (Bender and Farach-Colton 2000). NaN is the smallest of all.</summary>
internal sealed class RangeMinimum
{
    private readonly double[][] _levels;

    /// <summary>Builds the table.</summary>
    public RangeMinimum(IReadOnlyList<double> values)
    {
        _levels = new double[values.Count == 0 ? 0 : BitOperations.Log2((uint)values.Count) + 1][];
        for (int level = 0; level < _levels.Length; level++)
        {
            int half = (1 << level) >> 1;
            double[] table = new double[values.Count - (1 << level) + 1];
            for (int i = 0; i < table.Length; i++) table[i] = level == 0 ? values[i] : Math.Min(_levels[level - 1][i], _levels[level - 1][i + half]);
            _levels[level] = table;
        }
    }

    /// <summary>The smallest value of a range that holds at least one.</summary>
    public double Find(int start, int length)
    {
        int level = BitOperations.Log2((uint)length);
        return Math.Min(_levels[level][start], _levels[level][start + length - (1 << level)]);
    }
}
