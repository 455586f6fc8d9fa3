using System.Numerics;
using System.Numerics.Tensors;
using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>Scores one token after the other against the logits that predict it. Keeps its buffers; one caller at a time.</summary>
internal sealed class TokenScorer(int vocabularySize)
{
    private readonly TokenDistribution _distribution = new(vocabularySize);
    private int _best;

    /// <summary>One token's score.</summary>
    internal readonly record struct TokenScore(double LogProbability, int Rank, double Margin);

    /// <summary>
    /// Scores a token: its log-probability by a log-softmax in float64, its rank with ties counted from the smaller id, the margin
    /// between the two largest logits. False if the logits hold something that is no number.
    /// </summary>
    public bool TryScore(ReadOnlySpan<float> logits, int token, out TokenScore score)
    {
        // A NaN is the largest by decree, and then refused.
        _best = TensorPrimitives.IndexOfMax(logits);
        float largest = logits[_best];
        score = default;
        if (!float.IsFinite(largest)) return false;

        float own = logits[token];
        int rank = CountAtLeast(logits[..token], own) + CountAbove(logits[(token + 1)..], own);
        double second = Math.Max(FindLargest(logits[.._best]), FindLargest(logits[(_best + 1)..]));
        double logProbability = own - (double)largest - Math.Log(SoftmaxMass.Of(logits, largest));
        score = new TokenScore(logProbability, rank, largest - second);
        return true;
    }

    /// <summary>Takes in the logits that <see cref="TryScore"/> has just accepted, for <see cref="ScoreUnder"/>.</summary>
    public void Load(ReadOnlySpan<float> logits) => _distribution.Load(logits);

    /// <summary>The log-probability of a token of this rank under another scheme, over the logits that were taken in last.</summary>
    public double ScoreUnder(SamplingOptions scheme, int token, int rank)
    {
        if (scheme.Temperature == 0) return rank == 0 ? 0 : double.NegativeInfinity;
        // What top-k drops needs no look at the others.
        if (scheme.TopK > 0 && rank >= scheme.TopK) return double.NegativeInfinity;
        _distribution.Prepare(scheme, _best);
        return _distribution.LogProbability(token);
    }

    private static double FindLargest(ReadOnlySpan<float> logits) => logits.IsEmpty ? double.NegativeInfinity : TensorPrimitives.Max(logits);

    private static int CountAbove(ReadOnlySpan<float> logits, float bound)
    {
        Vector<int> counts = Vector<int>.Zero;
        var bounds = new Vector<float>(bound);
        int i = 0;
        // A comparison that holds is -1 in its lane, so that taking it away counts it.
        for (; i <= logits.Length - Vector<float>.Count; i += Vector<float>.Count) counts -= Vector.GreaterThan(new Vector<float>(logits[i..]), bounds);
        int count = Vector.Sum(counts);
        for (; i < logits.Length; i++) count += logits[i] > bound ? 1 : 0;
        return count;
    }

    private static int CountAtLeast(ReadOnlySpan<float> logits, float bound)
    {
        Vector<int> counts = Vector<int>.Zero;
        var bounds = new Vector<float>(bound);
        int i = 0;
        for (; i <= logits.Length - Vector<float>.Count; i += Vector<float>.Count) counts -= Vector.GreaterThanOrEqual(new Vector<float>(logits[i..]), bounds);
        int count = Vector.Sum(counts);
        for (; i < logits.Length; i++) count += logits[i] >= bound ? 1 : 0;
        return count;
    }
}
