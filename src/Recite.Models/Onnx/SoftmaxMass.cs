using System.Numerics;

namespace Recite.Models.Onnx;

/// <summary>The denominator of a softmax relative to its largest logit, summed in float64 in one pass that stores nothing.</summary>
internal static class SoftmaxMass
{
    /// <summary>The sum of exp(logit - largest); the largest is finite, so the sum is at least 1.</summary>
    public static double Of(ReadOnlySpan<float> logits, double largest)
    {
        var shift = new Vector<double>(largest);
        Vector<double> lower = Vector<double>.Zero, upper = Vector<double>.Zero;
        int i = 0;
        for (; i <= logits.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(logits[i..]), out Vector<double> low, out Vector<double> high);
            lower += Vector.Exp(low - shift);
            upper += Vector.Exp(high - shift);
        }

        double mass = Vector.Sum(lower + upper);
        for (; i < logits.Length; i++) mass += Math.Exp(logits[i] - largest);
        return mass;
    }
}
