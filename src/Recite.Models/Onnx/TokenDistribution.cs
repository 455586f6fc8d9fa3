using System.Numerics.Tensors;
using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>
/// The distribution that the next token is drawn from: temperature, then top-k, then top-p, renormalised (M1). One implementation
/// for drawing and for scoring, so that both filter the same tokens; of equal logits the smaller id comes first. Keeps its buffers;
/// one caller at a time.
/// </summary>
internal sealed class TokenDistribution(int vocabularySize)
{
    // A share of exactly p is enough, whichever way the sums were rounded.
    private const double ShareTolerance = 1 - 1e-12;

    private readonly double[] _logits = new double[vocabularySize];
    private readonly double[] _weights = new double[vocabularySize];
    private readonly double[] _negated = new double[vocabularySize];
    private readonly int[] _ids = new int[vocabularySize];
    private readonly List<int> _kept = [];
    private double _largest;
    private double _temperature = 1;
    private double _mass;
    private bool _isFiltered;

    /// <summary>The logits, to be changed between <see cref="Load"/> and <see cref="Prepare"/>.</summary>
    public Span<double> Logits => _logits;

    /// <summary>Takes the logits of a position in.</summary>
    public void Load(ReadOnlySpan<float> logits) => TensorPrimitives.ConvertChecked<float, double>(logits, _logits);

    /// <summary>The id of the largest logit, of equals the first; null if the logits hold something that is no number.</summary>
    public int? FindLargest() => FindLargest<double>(_logits);

    /// <summary>The id of the largest value, of equals the first; null if the values hold something that is no number.</summary>
    public static int? FindLargest<T>(ReadOnlySpan<T> values)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        // Greater, not greater or equal: of equals the first stays. A NaN is the largest by decree, and then refused.
        int best = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsNaN(values[i])) return null;
            if (values[i] > values[best]) best = i;
        }

        return T.IsFinite(values[best]) ? best : null;
    }

    /// <summary>Applies temperature (above 0), top-k and top-p to the logits; <paramref name="largest"/> is the id of the largest.</summary>
    public void Prepare(SamplingOptions options, int largest)
    {
        _largest = _logits[largest];
        _temperature = options.Temperature;
        ComputeWeights();
        _isFiltered = options.TopK > 0 || options.TopP < 1;
        if (!_isFiltered)
        {
            _mass = TensorPrimitives.Sum<double>(_weights);
            return;
        }

        _mass = options.TopK > 0 && options.TopK < _weights.Length ? KeepLargest(options.TopK) : KeepProbable(options.TopP);
        if (options.TopP < 1) _mass = CutNucleus(options.TopP * _mass * ShareTolerance);
    }

    /// <summary>The token at <paramref name="uniform"/>, from 0 to 1, by inversion of the prepared distribution.</summary>
    public int Draw(double uniform) => _isFiltered ? DrawFromKept(uniform) : DrawFromAll(uniform);

    /// <summary>The natural logarithm of a token's probability; negative infinity where it was filtered out.</summary>
    public double LogProbability(int token) =>
        _isFiltered && !_kept.Contains(token) ? double.NegativeInfinity : (_logits[token] - _largest) / _temperature - Math.Log(_mass);

    // exp((logit - largest) / temperature): the largest weight is 1, so that no temperature overflows.
    private void ComputeWeights()
    {
        TensorPrimitives.Subtract(_logits, _largest, _weights);
        if (_temperature != 1) TensorPrimitives.Divide(_weights, _temperature, _weights);
        TensorPrimitives.Exp<double>(_weights, _weights);
    }

    private int DrawFromAll(double uniform)
    {
        double target = uniform * _mass;
        double cumulative = 0;
        int last = 0;
        for (int token = 0; token < _weights.Length; token++)
        {
            if (_weights[token] == 0) continue;
            cumulative += _weights[token];
            last = token;
            if (cumulative > target) break;
        }

        return last;
    }

    private int DrawFromKept(double uniform)
    {
        double target = uniform * _mass;
        double cumulative = 0;
        foreach (int token in _kept)
        {
            cumulative += _weights[token];
            if (cumulative > target) return token;
        }

        return _kept[^1];
    }

    // The k largest in falling order; returns their mass.
    private double KeepLargest(int topK)
    {
        KeepFrom(_logits, FindLogitAtRank(topK - 1));
        _kept.RemoveRange(topK, _kept.Count - topK);
        return _kept.Sum(token => _weights[token]);
    }

    // Whatever may belong to a nucleus of this share, in falling order; returns the mass of all tokens. Tokens below
    // (1 - p) / V of the mass hold less than 1 - p together, so that the others reach p without them (half of it, for rounding).
    private double KeepProbable(double topP)
    {
        double mass = TensorPrimitives.Sum<double>(_weights);
        KeepFrom(_weights, (1 - topP) * mass / _weights.Length / 2);
        return mass;
    }

    // The tokens of at least this value, in falling order of their logits (two that differ may have one weight after
    // rounding); of equals the smaller id first.
    private void KeepFrom(double[] values, double least)
    {
        int count = 0;
        for (int token = 0; token < _weights.Length; token++)
        {
            if (values[token] < least) continue;
            (_negated[count], _ids[count]) = (-_logits[token], token);
            count++;
        }

        // Sorting plain numbers is several times faster than sorting by a comparison of our own; equals are put right after.
        Array.Sort(_negated, _ids, 0, count);
        for (int start = 0, end; start < count; start = end)
        {
            end = start + 1;
            while (end < count && _negated[end] == _negated[start]) end++;
            if (end - start > 1) Array.Sort(_ids, start, end - start);
        }

        _kept.Clear();
        _kept.AddRange(_ids.AsSpan(0, count));
    }

    // A heap of the k largest seen so far; most tokens are below its least and cost one comparison.
    private double FindLogitAtRank(int rank)
    {
        var largest = new PriorityQueue<double, double>(rank + 1);
        foreach (double logit in _logits)
        {
            if (largest.Count <= rank) largest.Enqueue(logit, logit);
            else if (logit > largest.Peek()) largest.EnqueueDequeue(logit, logit);
        }

        return largest.Peek();
    }

    private double CutNucleus(double mass)
    {
        double cumulative = 0;
        int count = 0;
        while (count < _kept.Count && cumulative < mass) cumulative += _weights[_kept[count++]];
        _kept.RemoveRange(count, _kept.Count - count);
        return cumulative;
    }
}
