using Recite.Lab.Checks;
using Recite.Lab.Model;
using Recite.Lab.Training;

namespace Recite.Lab.Bench;

/// <summary>Canaries planted equally often, and how many of them came back: from their beginning, and from a random offset.</summary>
internal sealed record BenchLevel(int Duplicates, int Exposures, int Canaries, int Extracted, int ExtractedAtOffset);

/// <summary>What one model was made of and what it returned.</summary>
internal sealed record BenchResult
{
    public required string Name { get; init; }

    public required string Role { get; init; }

    public required string Size { get; init; }

    /// <summary>Everything that decided what the model became.</summary>
    public required Recipe Recipe { get; init; }

    public required long Parameters { get; init; }

    /// <summary>Tokens trained on, each canary and each repetition document counted once.</summary>
    public required long DistinctTokens { get; init; }

    public required int TokensPerEpoch { get; init; }

    public required int Steps { get; init; }

    /// <summary>Mean loss of each epoch, nats per token.</summary>
    public required IReadOnlyList<double> LossByEpoch { get; init; }

    /// <summary>Wall-clock seconds of training.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>By the lab's own decoder (TorchSharp, greedy, without a cache).</summary>
    public required IReadOnlyList<BenchLevel> Levels { get; init; }

    /// <summary>Ids of the canaries that came back from their beginning.</summary>
    public required IReadOnlyList<string> Extracted { get; init; }

    /// <summary>Only of the model taught to repeat.</summary>
    public IReadOnlyList<RepetitionOutcome>? Repetition { get; init; }

    public static BenchResult Of(BenchModel model, Llama llama, TrainingResult training, IReadOnlyList<CanaryOutcome> outcomes, long distinctTokens) => new()
    {
        Name = model.Name,
        Role = model.Role.ToString().ToLowerInvariant(),
        Size = model.Size,
        Recipe = model.Recipe,
        Parameters = llama.ParameterCount,
        DistinctTokens = distinctTokens,
        TokensPerEpoch = training.TokensPerEpoch,
        Steps = training.Steps,
        LossByEpoch = [.. training.LossByEpoch.Select(loss => Math.Round(loss, 4))],
        TrainingSeconds = Math.Round(training.Elapsed.TotalSeconds, 1),
        Levels =
        [
            .. outcomes.GroupBy(outcome => outcome.Duplicates).OrderBy(level => level.Key).Select(level => new BenchLevel(
                level.Key, level.Key * model.Recipe.Epochs, level.Count(), level.Count(outcome => outcome.Extracted), level.Count(outcome => outcome.ExtractedAtOffset))),
        ],
        Extracted = [.. outcomes.Where(outcome => outcome.Extracted).Select(outcome => outcome.Id)],
    };
}
