namespace Recite.Membership.Blind;

/// <summary>How long a text is, in characters: sees different cutting, and windows of so many tokens that differ in how many characters those are.</summary>
public sealed class LengthBaseline : IBlindBaseline
{
    /// <inheritdoc/>
    public string Name => "length";

    /// <inheritdoc/>
    public double[] Score(LabelledTexts texts) => [.. texts.Texts.Select(text => (double)text.EnumerateRunes().Count())];
}
