using Recite.Targets;

namespace Recite.Runs;

/// <summary>The scores of one sample in one context, as a run file keeps them.</summary>
/// <param name="Ordinal">The first attempt of the sample in the plan.</param>
/// <param name="Context">What stood before the suffix: <c>window</c> or <c>document</c>.</param>
/// <param name="Score">The scores; its own schemes are in the order of <paramref name="Schemes"/>.</param>
/// <param name="Schemes">Names of the schemes besides temperature 1, for instance <c>temperature=0.7,top-k=40</c>.</param>
public sealed record StoredScore(int Ordinal, string Context, SuffixScore Score, IReadOnlyList<string> Schemes)
{
    /// <summary>The model's own distribution: temperature 1, nothing filtered.</summary>
    public const string PlainScheme = "temperature=1";
}
