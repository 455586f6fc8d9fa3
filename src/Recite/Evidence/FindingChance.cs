using System.Text;
using Recite.Controls;
using Recite.Controls.Ngram;
using Recite.Probes;

namespace Recite.Evidence;

/// <summary>
/// Puts beside a finding how probable its text is by chance (M13): for an n-gram model that never saw it. Of an extraction that is the suffix
/// behind its prefix, of a corpus match the matched span behind the prompt and the output before it.
/// </summary>
internal sealed class FindingChance(LazyNgram ngram)
{
    private readonly Dictionary<string, double?> _ofSamples = new(StringComparer.Ordinal);

    /// <summary>The finding with its chance, where there is one.</summary>
    public Finding AddTo(Finding finding, AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        if (ngram.WhyNot(cancellationToken) is not null)
            return finding;
        OutOfFoldNgram model = ngram.Get(cancellationToken);
        double? logarithm = finding.Kind is FindingMaker.Extraction ? OfSample(model, outcome) : OfMatch(model, finding, outcome);
        return logarithm is { } known
            ? finding with { Chance = new Chance(Math.Min(0, known / Math.Log(10)), OutOfFoldNgramNull.NullName) }
            : finding;
    }

    private double? OfSample(OutOfFoldNgram model, AttemptOutcome outcome)
    {
        string sample = outcome.Attempt.Sample;
        if (!_ofSamples.TryGetValue(sample, out double? known))
            _ofSamples[sample] = known = model.Score(outcome.Attempt)?.Suffix;
        return known;
    }

    // Without a source nobody knows which fold saw the text.
    private static double? OfMatch(OutOfFoldNgram model, Finding finding, AttemptOutcome outcome)
    {
        JudgedMatch? judged = outcome.Matches.FirstOrDefault(
            m => m.Match.Start == finding.Match.Start && m.Match.End == finding.Match.End && MatchKinds.NameOf(m.Match.Kind) == finding.Match.Kind);
        if (judged?.Match.Sources is not [var source, ..])
            return null;
        ReadOnlySpan<byte> completion = outcome.Text.Original.Span;
        string before = outcome.Attempt.Prompt + Encoding.UTF8.GetString(completion[..finding.Match.Start]);
        return model.LogProbability(before, Encoding.UTF8.GetString(completion[finding.Match.Start..finding.Match.End]), source.Document);
    }
}
