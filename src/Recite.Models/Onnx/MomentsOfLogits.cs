using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>Mean and standard deviation of log p over the vocabulary under p itself (Zhang et al. 2024), by one sum in float64.</summary>
internal static class MomentsOfLogits
{
    /// <summary>The moments at one position; the logits hold at least one finite number, and no NaN.</summary>
    public static VocabularyMoments Of(ReadOnlySpan<float> logits)
    {
        double largest = double.NegativeInfinity;
        foreach (float logit in logits) largest = Math.Max(largest, logit);

        double mass = 0, first = 0, second = 0;
        foreach (float logit in logits)
        {
            // Relative to the largest, so that nothing overflows; what has no weight has no part, whatever its logarithm.
            double shifted = logit - largest;
            double weight = Math.Exp(shifted);
            if (weight == 0) continue;
            mass += weight;
            first += weight * shifted;
            second += weight * shifted * shifted;
        }

        // log p = shifted - log(mass): a constant moves the mean and leaves the deviation.
        double mean = first / mass;
        return new VocabularyMoments(mean - Math.Log(mass), Math.Sqrt(Math.Max(0, (second / mass) - (mean * mean))));
    }
}
