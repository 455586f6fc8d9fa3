namespace Recite.Indexing.Matching;

/// <summary>
/// Bounds the work of one match. Ordinary texts never come near it; text that repeats itself thousands of times on both
/// sides has quadratically many matches, and then what was not looked at is said, never hidden.
/// </summary>
internal sealed class StepBudget(long steps)
{
    private const long FixedSteps = 40_000_000;
    private const int StepsPerByte = 256;
    private const int BytesPerStep = 256;

    private long _left = steps;

    /// <summary>Whether work was left undone.</summary>
    public bool IsSpent => _left < 0;

    public static StepBudget For(int inputBytes) => new(FixedSteps + ((long)StepsPerByte * inputBytes));

    /// <summary>Takes one step; false when none is left.</summary>
    public bool TryStep() => _left-- > 0;

    /// <summary>Takes the steps of a long comparison, which is dearer than a short one.</summary>
    public void TakeCompared(int bytes) => _left -= bytes / BytesPerStep;

    /// <summary>Takes so many steps at once; false when none are left.</summary>
    public bool TryTake(long steps) => (_left -= steps) >= 0;
}
