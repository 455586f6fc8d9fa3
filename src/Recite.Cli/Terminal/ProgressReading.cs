namespace Recite.Cli.Terminal;

/// <summary>How far work has come.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units altogether, where that is known.</param>
/// <param name="Unit">What is counted: <c>bytes</c>, or a noun in the singular such as <c>attempt</c>.</param>
/// <param name="Figures">Other numbers worth seeing, each with its name.</param>
internal sealed record ProgressReading(long Done, long? Total, string Unit, IReadOnlyList<ProgressFigure> Figures)
{
    /// <summary>What is being done now; the rate is measured anew in each phase.</summary>
    public string Phase { get; init; } = "";
}

/// <summary>A number with its name, ready to print.</summary>
internal sealed record ProgressFigure(string Name, string Value);
