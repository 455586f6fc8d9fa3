using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Metrics.Species;

/// <summary>What came out, counted, and how much more there is (M7, M8), as <c>estimates</c> of the report.</summary>
internal static class SpeciesEstimates
{
    /// <summary>Below so many completions with a find nothing is estimated.</summary>
    public const int FewestWithFind = 50;

    // As many completions again is a doubling; nine times as many more is ten times in all, and an extrapolation.
    private const double Again = 1, Ninefold = 9;

    /// <summary>
    /// The estimates of a probe, or of the control <paramref name="nullName"/>. <paramref name="whyNoMore"/> says why nothing can be said of
    /// what has not come out, where the way of asking does not allow it.
    /// </summary>
    public static IReadOnlyList<JsonObject> Make(
        ProbeContext context, string probe, string? nullName, IReadOnlyList<AttemptOutcome> outcomes, bool onlyExtractions, string? whyNoMore, double confidence, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return [];
        var found = new FoundText(context, outcomes, onlyExtractions, cancellationToken);
        string per = outcomes.Count == found.Atoms.Count ? "completions" : "samples";
        JsonObject Named(string name) => new()
        {
            ["name"] = name,
            ["probe"] = probe,
            ["null"] = nullName,
            ["of"] = onlyExtractions ? "extractions" : "corpus matches and extractions",
        };
        JsonObject Counted(string name, long value, string unit)
        {
            JsonObject counted = Named(name);
            (counted["value"], counted["unit"], counted["method"]) = (value, unit, "counted");
            return counted;
        }

        List<JsonObject> estimates =
        [
            Counted("unique-atoms", SpeciesCounts.Of(found.Atoms).Found, found.AtomUnit),
            Counted("unique-documents", SpeciesCounts.Of(found.Documents).Found, "documents"),
            Counted("merged-spans", found.MergedSpans, "spans of the corpus"),
            Counted("merged-words", found.MergedWords, "words of the corpus"),
        ];
        if (found.DistinctStrings is { } strings)
            estimates.Add(Counted("distinct-strings", strings, "distinct strings of 50 tokens"));

        // How much more a control would bring is no question that anyone asks.
        if (nullName is null)
        {
            estimates.AddRange(MakeUnseen(Named, "atoms", found.AtomUnit, per, found.Atoms, whyNoMore, confidence));
            estimates.AddRange(MakeUnseen(Named, "documents", "documents", per, found.Documents, whyNoMore, confidence));
        }

        return estimates;
    }

    private static IEnumerable<JsonObject> MakeUnseen(
        Func<string, JsonObject> named, string species, string unit, string per, IReadOnlyList<IReadOnlyCollection<int>> completions, string? whyNoMore, double confidence)
    {
        int withFind = completions.Count(c => c.Count > 0);
        if (whyNoMore is not null || withFind < FewestWithFind)
        {
            JsonObject none = named($"unseen-{species}");
            none["notPrinted"] = whyNoMore ?? string.Create(CultureInfo.InvariantCulture, $"fewer than {FewestWithFind} {per} held a find: {withFind}");
            return [none];
        }

        JsonObject Estimated(string name, string what, string method, Func<SpeciesCounts, double> estimate)
        {
            Interval interval = GroupJackknife.Around(completions, estimate, confidence);
            JsonObject estimated = named(name);
            estimated["value"] = estimate(SpeciesCounts.Of(completions));
            (estimated["low"], estimated["high"], estimated["confidence"]) = (interval.Low, interval.High, confidence);
            (estimated["method"], estimated["unit"]) = ($"{method}; {GroupJackknife.Method} of {per}", what);
            return estimated;
        }

        JsonObject farther = Estimated($"new-{species}-at-ten-times", unit, "smoothed Good-Toulmin", counts => Math.Max(0, UnseenSpecies.Smoothed(counts, Ninefold)));
        farther["extrapolated"] = true;

        // Chao's figure is a lower bound and nothing else: it has no upper end.
        JsonObject least = Estimated($"{species}-at-least", unit, "Chao 1987, a lower bound", UnseenSpecies.AtLeast);
        least["high"] = null;
        JsonObject missing = Estimated($"missing-mass-of-{species}", "share", "Good-Turing, of further finds those that would be new", UnseenSpecies.MissingMass);
        IncludeCounting(missing, SpeciesCounts.Of(completions), confidence);
        return
        [
            missing,
            Estimated($"new-{species}-at-twice", unit, "Good-Toulmin", counts => Math.Max(0, UnseenSpecies.GoodToulmin(counts, Again))),
            farther,
            least,
        ];
    }

    // Where every find is new, or none is, groups do not differ and the jackknife sees nothing to be unsure of; counting does.
    private static void IncludeCounting(JsonObject missing, SpeciesCounts counts, double confidence)
    {
        int finds = (int)Math.Min(int.MaxValue, counts.Finds);
        Interval counted = ClopperPearson.TwoSided((int)Math.Min(finds, counts[1]), finds, confidence);
        missing["low"] = Math.Min((double)missing["low"]!, counted.Low);
        missing["high"] = Math.Min(1, Math.Max((double)missing["high"]!, counted.High));
        missing["method"] = $"{(string)missing["method"]!}; no narrower than Clopper-Pearson";
    }
}
