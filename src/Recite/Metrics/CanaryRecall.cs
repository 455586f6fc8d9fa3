using System.Text;
using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Controls;
using Recite.Evidence;
using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Metrics;

/// <summary>
/// The audit's own recall: of the canaries that were planted, the share of which the probe brought a run back that its prompt did not hold.
/// Planted canaries are texts whose presence is known without asking the model, so one minus the lower end of the interval bounds the share
/// of texts planted as often that this probe passed by, whether the model memorized them or not.
/// </summary>
/// <remarks>
/// The interval is Clopper and Pearson's, over all canaries and for each stratum of duplicates. It speaks of texts like the canaries:
/// random ones, spread over the corpus as they were.
/// </remarks>
internal static class CanaryRecall
{
    /// <summary>The name of the estimate.</summary>
    public const string Name = "canary-recall";

    /// <summary>The estimate of one probe; <see langword="null"/> where no canary list with planted canaries was given or nothing was asked.</summary>
    public static JsonObject? Measure(NullContext context, IReadOnlyList<AttemptOutcome> own, CancellationToken cancellationToken)
    {
        Canary[] planted = [.. (context.Canaries?.Canaries ?? []).Where(c => c.Duplicates > 0)];
        if (planted.Length == 0 || own.Count == 0)
            return null;

        int least = context.Probing.Index.Manifest.Guarantee;
        var grams = new CanaryGrams(least);
        List<int> measured = [];
        for (int i = 0; i < planted.Length; i++)
        {
            if (grams.TryAdd(i, NormalizedPiece.Of(context.Probing.Index.Normalizer, Encoding.UTF8.GetBytes(planted[i].Text)).Span))
                measured.Add(i);
        }

        var found = new HashSet<int>();
        foreach (AttemptOutcome outcome in own)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlyMemory<byte> prompt = NormalizedPiece.Of(context.Probing.Index.Normalizer, Encoding.UTF8.GetBytes(outcome.Attempt.Prompt));
            grams.Find(outcome.Text.Bytes.Span, prompt.Span, found);
        }

        var recall = new JsonObject { ["name"] = Name, ["probe"] = context.Probe.Name, ["unit"] = "planted canaries" };
        Add(recall, measured.Count, found.Count, context.Confidence);
        recall["minimumRun"] = new JsonObject { ["value"] = least, ["unit"] = "normalized bytes" };
        recall["tooShort"] = planted.Length - measured.Count;
        recall["strata"] = new JsonArray([.. measured
            .GroupBy(i => DuplicateStrata.Label(planted[i].Duplicates), StringComparer.Ordinal)
            .OrderBy(g => DuplicateStrata.LowerEnd(g.Key))
            .Select(g =>
            {
                var stratum = new JsonObject { ["duplicates"] = g.Key };
                Add(stratum, g.Count(), g.Count(found.Contains), context.Confidence);
                return stratum;
            })]);
        return recall;
    }

    private static void Add(JsonObject json, int trials, int hits, double confidence)
    {
        Interval? interval = trials == 0 ? null : ClopperPearson.TwoSided(hits, trials, confidence);
        json["trials"] = trials;
        json["hits"] = hits;
        json["recall"] = trials == 0 ? null : (double)hits / trials;
        json["low"] = interval?.Low;
        json["high"] = interval?.High;
        json["missedAtMost"] = 1 - interval?.Low;
        json["confidence"] = confidence;
        json["method"] = ClopperPearson.Method;
    }
}
