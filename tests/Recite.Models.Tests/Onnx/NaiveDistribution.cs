using Recite.Targets;

namespace Recite.Models.Tests.Onnx;

/// <summary>The definition of a sampling scheme, written down as slowly as it reads: the oracle of sampler and scorer.</summary>
internal static class NaiveDistribution
{
    /// <summary>The logits after the penalties.</summary>
    public static double[] Penalize(float[] logits, int[] prompt, int[] generated, SamplingOptions options) => [.. logits.Select((logit, token) =>
    {
        double value = logit;
        if (prompt.Contains(token) || generated.Contains(token)) value = value > 0 ? value / options.RepetitionPenalty : value * options.RepetitionPenalty;
        int count = generated.Count(other => other == token);
        return count > 0 ? value - (options.PresencePenalty + options.FrequencyPenalty * count) : value;
    })];

    /// <summary>The probability of each token.</summary>
    public static double[] Compute(float[] logits, int[] prompt, int[] generated, SamplingOptions options)
    {
        double[] penalized = Penalize(logits, prompt, generated, options);
        double[] weights = [.. penalized.Select(logit => Math.Exp(logit / options.Temperature))];
        List<int> order = [.. Enumerable.Range(0, logits.Length).OrderByDescending(token => penalized[token]).ThenBy(token => token)];
        if (options.TopK > 0) order = [.. order.Take(options.TopK)];
        double mass = order.Sum(token => weights[token]);
        var kept = new List<int>();
        foreach (int token in order)
        {
            kept.Add(token);
            // A share of exactly p is enough, whichever way the sums were rounded.
            if (kept.Sum(other => weights[other]) >= options.TopP * mass * (1 - 1e-12)) break;
        }

        double total = kept.Sum(token => weights[token]);
        return [.. Enumerable.Range(0, logits.Length).Select(token => kept.Contains(token) ? weights[token] / total : 0)];
    }
}
