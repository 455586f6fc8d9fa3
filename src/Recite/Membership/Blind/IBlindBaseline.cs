namespace Recite.Membership.Blind;

/// <summary>
/// Tells members from non-members by their texts alone, without asking any model. What it can tell, a membership score may be telling too,
/// and then the score says nothing of the model (Das, Zhang and Tramer 2024; Meeus et al. 2024).
/// </summary>
public interface IBlindBaseline
{
    /// <summary>The name on reports.</summary>
    string Name { get; }

    /// <summary>
    /// A score for every text, larger for those that look like members; NaN for those that were only learnt from. No text is scored by
    /// what was learnt from itself.
    /// </summary>
    double[] Score(LabelledTexts texts);
}
