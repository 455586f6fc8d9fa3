using System.Numerics.Tensors;
using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>
/// Chooses the next token: penalties, then temperature, top-k and top-p in this order (M1), renormalised. Ties go to the
/// smaller id everywhere. Keeps its buffers; one caller at a time.
/// </summary>
internal sealed class TokenSampler(int vocabularySize)
{
    private readonly double[] _logits = new double[vocabularySize];
    private readonly double[] _weights = new double[vocabularySize];
    private readonly double[] _negated = new double[vocabularySize];
    private readonly int[] _ids = new int[vocabularySize];
    private readonly List<int> _kept = [];

    /// <summary>
    /// The next token after <paramref name="history"/>, by inversion of the distribution at <paramref name="uniform"/>; the
    /// most probable one under greedy decoding. Null if the model gave something that is no number.
    /// </summary>
    public int? Choose(ReadOnlySpan<float> logits, SamplingOptions options, TokenHistory history, double uniform)
    {
        if (options.Temperature == 0 && !HasPenalties(options)) return FindLargest(logits);
        TensorPrimitives.ConvertChecked<float, double>(logits, _logits);
        ApplyPenalties(options, history);
        int? best = FindLargest<double>(_logits);
        if (best is null || options.Temperature == 0) return best;

        ComputeWeights(_logits[best.Value], options.Temperature);
        return options.TopK > 0 || options.TopP < 1 ? DrawFromKept(options, uniform) : Draw(uniform);
    }

    /// <summary>What is wrong with the options, completing "The sampling option ..."; null if nothing is.</summary>
    public static string? FindFault(SamplingOptions options)
    {
        if (!(options.Temperature >= 0 && double.IsFinite(options.Temperature))) return $"temperature is {options.Temperature}, but must be 0 or more";
        if (options.TopK < 0) return $"top-k is {options.TopK}, but must be 0 (all) or more";
        if (!(options.TopP is > 0 and <= 1)) return $"top-p is {options.TopP}, but must be above 0 and at most 1";
        if (!(options.RepetitionPenalty > 0 && double.IsFinite(options.RepetitionPenalty))) return $"repetition penalty is {options.RepetitionPenalty}, but must be above 0";
        if (!double.IsFinite(options.PresencePenalty) || !double.IsFinite(options.FrequencyPenalty)) return "presence or frequency penalty is not a finite number";
        return null;
    }

    private static bool HasPenalties(SamplingOptions options) =>
        options.RepetitionPenalty != 1 || options.PresencePenalty != 0 || options.FrequencyPenalty != 0;

    private static int? FindLargest<T>(ReadOnlySpan<T> values)
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

    private void ApplyPenalties(SamplingOptions options, TokenHistory history)
    {
        if (options.RepetitionPenalty != 1)
        {
            foreach (int token in history.Seen)
            {
                double logit = _logits[token];
                _logits[token] = logit > 0 ? logit / options.RepetitionPenalty : logit * options.RepetitionPenalty;
            }
        }

        if (options.PresencePenalty == 0 && options.FrequencyPenalty == 0) return;
        foreach ((int token, int count) in history.GeneratedCounts)
            _logits[token] -= options.PresencePenalty + options.FrequencyPenalty * count;
    }

    // exp((logit - largest) / temperature): the largest weight is 1, so that no temperature overflows.
    private void ComputeWeights(double largest, double temperature)
    {
        TensorPrimitives.Subtract(_logits, largest, _weights);
        if (temperature != 1) TensorPrimitives.Divide(_weights, temperature, _weights);
        TensorPrimitives.Exp<double>(_weights, _weights);
    }

    private int Draw(double uniform)
    {
        double target = uniform * TensorPrimitives.Sum<double>(_weights);
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

    private int DrawFromKept(SamplingOptions options, double uniform)
    {
        double mass = options.TopK > 0 && options.TopK < _weights.Length ? KeepLargest(options.TopK) : KeepProbable(options.TopP);
        // A share of exactly p is enough, whichever way the sums were rounded.
        if (options.TopP < 1) mass = CutNucleus(options.TopP * mass * (1 - 1e-12));
        double target = uniform * mass;
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
