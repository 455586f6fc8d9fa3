using Recite.Targets;

namespace Recite.Config;

/// <summary><c>score:</c> of the file: how probable the target makes what it is asked for, measured besides the asking.</summary>
public sealed record ScoreConfig
{
    /// <summary>Below this a temperature is greedy decoding in all but name.</summary>
    internal const double LeastTemperature = 1e-6;

    /// <summary>Sampling schemes to score under; <see langword="null"/> for temperature 1 and, where it is not greedy, <c>sampling</c>.</summary>
    public IReadOnlyList<SamplingOptions>? Schemes { get; init; }

    /// <summary>After how much text a suffix is scored.</summary>
    public ScoreContext Context { get; init; } = ScoreContext.Window;

    /// <summary>
    /// The schemes in effect, temperature 1 without a filter first. Greedy decoding is no scheme: it is read off the ranks. Penalties
    /// depend on what was generated, so a <paramref name="sampling"/> with penalties adds none.
    /// </summary>
    public IReadOnlyList<SamplingOptions> SchemesFor(SamplingOptions sampling)
    {
        var plain = new SamplingOptions { Temperature = 1 };
        SamplingOptions[] asked = Schemes is { } schemes ? [.. schemes] : sampling.Temperature >= LeastTemperature && !HasPenalties(sampling) ? [sampling] : [];
        return [plain, .. asked.Where(scheme => scheme != plain).Distinct()];
    }

    /// <summary>Whether the probability of a token depends on which tokens were generated before it.</summary>
    internal static bool HasPenalties(SamplingOptions sampling) =>
        sampling.RepetitionPenalty != 1 || sampling.PresencePenalty != 0 || sampling.FrequencyPenalty != 0;
}

/// <summary>How much text stands before a suffix that is scored; each answers a question of its own.</summary>
public enum ScoreContext
{
    /// <summary>Nothing is scored.</summary>
    None,

    /// <summary>The sample's prefix alone.</summary>
    Window,

    /// <summary>The document from its beginning, as much of it as the target's context holds.</summary>
    Document,

    /// <summary>Both, one pass each.</summary>
    Both,
}
