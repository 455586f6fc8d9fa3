using Recite.Targets;

namespace Recite.Models.Onnx;

/// <summary>A window to be scored.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Tokens">Its tokens with the beginning of text; empty where it cannot be scored.</param>
/// <param name="FirstScored">Position of the first token that is scored.</param>
/// <param name="Fault">Why it cannot be scored, in one sentence; empty if it can.</param>
internal sealed record ScoringWindow(ScoreRequest Request, IReadOnlyList<int> Tokens, int FirstScored, string Fault)
{
    /// <summary>Whether it goes through the model.</summary>
    public bool CanBeScored => Fault.Length == 0;

    /// <summary>Tokens that get a score.</summary>
    public int ScoredCount => Tokens.Count - FirstScored;

    /// <summary>A result without scores.</summary>
    public SuffixScore Fail(string error) => new([], [], []) { RequestIndex = Request.Index, Error = error };
}
