using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>
/// Chooses the next token: penalties, then temperature, top-k and top-p in this order (M1), renormalised. Ties go to the
/// smaller id everywhere. Keeps its buffers; one caller at a time.
/// </summary>
internal sealed class TokenSampler(int vocabularySize)
{
    private readonly TokenDistribution _distribution = new(vocabularySize);

    /// <summary>
    /// The next token after <paramref name="history"/>, by inversion of the distribution at <paramref name="uniform"/>; the
    /// most probable one under greedy decoding. Null if the model gave something that is no number.
    /// </summary>
    public int? Choose(ReadOnlySpan<float> logits, SamplingOptions options, TokenHistory history, double uniform)
    {
        if (options.Temperature == 0 && !HasPenalties(options)) return TokenDistribution.FindLargest(logits);
        _distribution.Load(logits);
        ApplyPenalties(_distribution.Logits, options, history);
        int? best = _distribution.FindLargest();
        if (best is null || options.Temperature == 0) return best;

        _distribution.Prepare(options, best.Value);
        return _distribution.Draw(uniform);
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

    /// <summary>Whether what was seen or generated changes what comes next.</summary>
    public static bool HasPenalties(SamplingOptions options) =>
        options.RepetitionPenalty != 1 || options.PresencePenalty != 0 || options.FrequencyPenalty != 0;

    private static void ApplyPenalties(Span<double> logits, SamplingOptions options, TokenHistory history)
    {
        if (options.RepetitionPenalty != 1)
        {
            foreach (int token in history.Seen)
            {
                double logit = logits[token];
                logits[token] = logit > 0 ? logit / options.RepetitionPenalty : logit * options.RepetitionPenalty;
            }
        }

        if (options.PresencePenalty == 0 && options.FrequencyPenalty == 0) return;
        foreach ((int token, int count) in history.GeneratedCounts)
            logits[token] -= options.PresencePenalty + options.FrequencyPenalty * count;
    }
}
