using Recite.Cli.Terminal;
using Recite.Indexing.Corpora;

namespace Recite.Cli.Commands;

/// <summary>Shows the progress of a build.</summary>
/// <param name="progress">Where it is shown.</param>
/// <param name="inputBytes">Bytes of the inputs on disk, 0 where that says nothing about the text in them.</param>
/// <param name="skipped">What could not be read so far.</param>
internal sealed class BuildProgressReading(IProgress<ProgressReading> progress, long inputBytes, SkippedInputs skipped) : IProgress<BuildProgress>
{
    /// <inheritdoc/>
    public void Report(BuildProgress value) => progress.Report(new ProgressReading(
        value.Bytes,
        // Mark-up and JSON make files larger than their text: an estimate, which the end corrects.
        inputBytes > 0 ? Math.Max(inputBytes, value.Bytes) : null,
        "bytes",
        [new ProgressFigure("documents", Wording.Count(value.Documents)), new ProgressFigure("skipped", Wording.Count(skipped.Count))]));
}
