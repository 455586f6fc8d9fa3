using Recite.Models.Onnx;
using Recite.Targets;

namespace Recite.Models;

/// <summary>Sampling schemes that a window may be scored under.</summary>
internal static class ScoringSchemes
{
    /// <summary>Why one of the schemes has no score, in one sentence; null if all have.</summary>
    public static string? FindFault(IReadOnlyList<SamplingOptions> schemes)
    {
        foreach (SamplingOptions scheme in schemes)
        {
            if (TokenSampler.FindFault(scheme) is { } fault) return $"A scheme cannot be scored: its {fault}.";
            if (TokenSampler.HasPenalties(scheme))
                return "A scheme with a repetition, presence or frequency penalty has no score, because a penalty depends on what was generated; score without penalties.";
        }

        return null;
    }
}
