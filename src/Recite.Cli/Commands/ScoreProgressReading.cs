using Recite.Cli.Terminal;

namespace Recite.Cli.Commands;

/// <summary>Shows how many texts have their score.</summary>
/// <param name="progress">Where it is shown.</param>
/// <param name="total">Texts in all.</param>
internal sealed class ScoreProgressReading(IProgress<ProgressReading> progress, int total) : IProgress<int>
{
    /// <inheritdoc/>
    public void Report(int value) => progress.Report(new ProgressReading(value, total, "text", []));
}
