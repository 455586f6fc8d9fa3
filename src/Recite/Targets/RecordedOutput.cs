namespace Recite.Targets;

/// <summary>An output that somebody already has, with the prompt that brought it.</summary>
/// <param name="Id">The name it was recorded under.</param>
/// <param name="Prompt">What the model was shown; the texts of several messages stand one after another, an empty line between them.</param>
/// <param name="Completion">What came back.</param>
/// <param name="Model">Which model it was, where that was recorded.</param>
/// <param name="Disposition">How it ended.</param>
public sealed record RecordedOutput(string Id, string Prompt, string Completion, string? Model, Disposition Disposition);

/// <summary>A target that answers from a recording; the recording can be audited as it stands, without asking anything.</summary>
public interface IRecordedOutputs
{
    /// <summary>Every recorded output in the order of the file; known after <see cref="ITarget.ConnectAsync"/>.</summary>
    IReadOnlyList<RecordedOutput> Records { get; }
}
