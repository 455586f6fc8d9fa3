namespace Recite.Models.Http.Scoring;

/// <summary>The tokens of a prompt with their scores, as a server told them.</summary>
/// <param name="Positions">One per token, those it generated left out.</param>
internal sealed record ScoredPrompt(IReadOnlyList<ScoredPosition> Positions)
{
    /// <summary>Whether these are scores at all: every token but the first has one.</summary>
    public bool IsScored => Positions.Count >= 2 && Positions.Skip(1).All(position => position.LogProbability is not null);
}
