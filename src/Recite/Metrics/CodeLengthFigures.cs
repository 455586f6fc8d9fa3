using System.Text.Json.Nodes;
using Recite.Controls;
using Recite.Controls.Ngram;
using Recite.Metrics.Statistics;
using Recite.Probes;
using Recite.Runs;
using Recite.Scores;

namespace Recite.Metrics;

/// <summary>
/// Bits per character of the samples' suffixes under the target, against the n-gram model that never saw them (M12): what the target saves is
/// what it stores of them beyond the ways of the language. Held-out samples are the control: there the target can have stored nothing.
/// </summary>
internal static class CodeLengthFigures
{
    /// <summary>The estimates of a probe: all samples, each stratum, and the controls that were scored.</summary>
    public static IEnumerable<JsonObject> Of(NullContext context, AuditScores scores, CancellationToken cancellationToken)
    {
        // Words of normalized text are another thing than the tokens that the target was scored on: their bits cannot be subtracted.
        if (context.Probe is not PrefixProbe || context.Ngram is not { } ngram || ngram.WhyNot(cancellationToken) is not null || ngram.Get(cancellationToken) is not { Units: "tokens" } model)
            yield break;

        foreach (string arm in (string[])[context.Probe.Name, "held-out", "never-planted"])
        {
            IReadOnlyList<SampleScore> ofArm = [.. scores.OfArm(arm, ScoringPass.Window).Where(s => string.Equals(s.Attempt.Probe, context.Probe.Name, StringComparison.Ordinal))];
            Dictionary<string, double> target = ofArm
                .Where(s => s.LogProbability(StoredScore.PlainScheme) is { } p && double.IsFinite(p))
                .ToDictionary(s => s.Attempt.Sample, s => s.LogProbability(StoredScore.PlainScheme)!.Value, StringComparer.Ordinal);
            List<CodedText> texts = [.. Join([.. ofArm.Select(s => s.Attempt)], target, model)];
            if (Describe(context, arm, null, texts) is not { } all)
                continue;
            yield return all;
            if (!string.Equals(arm, context.Probe.Name, StringComparison.Ordinal))
                continue;
            foreach (var stratum in texts.GroupBy(t => t.Stratum!, StringComparer.Ordinal).OrderBy(g => DuplicateStrata.LowerEnd(g.Key)))
            {
                if (Describe(context, arm, stratum.Key, [.. stratum]) is { } part)
                    yield return part;
            }
        }
    }

    /// <summary>Joins what the target says of samples (natural logarithms by sample) with what the null says; a sample that lacks one is left out.</summary>
    public static IEnumerable<CodedText> Join(IReadOnlyList<PlannedAttempt> samples, IReadOnlyDictionary<string, double> target, OutOfFoldNgram model)
    {
        foreach (PlannedAttempt sample in samples.DistinctBy(s => s.Sample, StringComparer.Ordinal))
        {
            if (sample.Suffix is { Length: > 0 } suffix && target.TryGetValue(sample.Sample, out double logarithm) && model.Score(sample) is { } chance)
                yield return new CodedText(sample.Stratum, -logarithm / Math.Log(2), -chance.Suffix / Math.Log(2), suffix.EnumerateRunes().Count());
        }
    }

    private static JsonObject? Describe(NullContext context, string arm, string? stratum, List<CodedText> texts)
    {
        double[] characters = [.. texts.Select(t => (double)t.Characters)];
        if (RatioEstimate.Of([.. texts.Select(t => t.NullBits - t.TargetBits)], characters, context.Confidence) is not { } saving)
            return null;
        var figures = new JsonObject
        {
            ["name"] = "code-length",
            ["null"] = OutOfFoldNgramNull.NullName,
            ["probe"] = context.Probe.Name,
            ["arm"] = arm,
            ["samples"] = texts.Count,
            ["characters"] = characters.Sum(),
            ["targetBitsPerCharacter"] = texts.Sum(t => t.TargetBits) / characters.Sum(),
            ["nullBitsPerCharacter"] = texts.Sum(t => t.NullBits) / characters.Sum(),
            ["saving"] = saving.Value,
            ["low"] = saving.Interval.Low,
            ["high"] = saving.Interval.High,
            ["confidence"] = context.Confidence,
            ["method"] = RatioEstimate.Method + "; samples unweighted",
        };
        if (stratum is not null)
            figures["duplicates"] = stratum;
        return figures;
    }
}

/// <summary>A text with the bits that each of two models needs for it.</summary>
/// <param name="Stratum">Label of its stratum.</param>
/// <param name="TargetBits">Minus log2 of its probability under the target.</param>
/// <param name="NullBits">The same under the null.</param>
/// <param name="Characters">Its code points.</param>
internal readonly record struct CodedText(string? Stratum, double TargetBits, double NullBits, int Characters);
