using System.Text.Json.Nodes;
using Recite.Controls;
using Recite.Probes;
using Recite.Reporting;
using Recite.Targets;

namespace Recite.Metrics;

/// <summary>
/// How many replies a filter of the target's own cut (M19). A filter that knows recitation or protected material when it sees it is a
/// witness: what it cut was on its way out. It is counted apart from refusals, and its text is matched like any other.
/// </summary>
internal static class FilteredFigures
{
    private static readonly string[] s_recitation = ["recitation", "protected_material"];

    /// <summary>Whether the target's filter spoke of recitation or of protected material, whether or not it cut the reply.</summary>
    public static bool SpeaksOfRecitation(Completion completion) =>
        completion.FinishReason is { } reason && Array.Exists(s_recitation, word => reason.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The shares of samples with a filtered reply and with one that a filter called a recitation.</summary>
    public static IEnumerable<JsonObject> Estimate(NullContext context, IReadOnlyList<AttemptOutcome> all)
    {
        JsonObject?[] estimates =
        [
            ArmShares.Describe("filtered", context, all, o => o.Completion.Disposition == Disposition.Filtered),
            ArmShares.Describe("recitation-filter", context, all, o => SpeaksOfRecitation(o.Completion)),
        ];
        return estimates.OfType<JsonObject>();
    }

    /// <summary>What a reader must know of it.</summary>
    public static IEnumerable<string> Note(NullContext context, IReadOnlyList<AttemptOutcome> all)
    {
        AttemptOutcome[] own = ArmShares.InArm(all, context.Probe.Name);
        int filtered = own.Count(o => o.Completion.Disposition == Disposition.Filtered);
        if (filtered > 0)
        {
            int kept = own.Count(o => o.Completion is { Disposition: Disposition.Filtered, Text.Length: > 0 });
            yield return FormattableString.Invariant($"Cut by a filter of the target's own: {Counted.Of(filtered, "reply", "replies")} of {own.Length} in {context.Probe.Name}; {kept} of them kept the text before the cut, which was matched. Filtered attempts count as attempts and not as completed ones.");
        }

        int recited = own.Count(o => SpeaksOfRecitation(o.Completion));
        if (recited > 0)
            yield return $"The target's filter itself called it a recitation or protected material: {Counted.Of(recited, "reply", "replies")} in {context.Probe.Name}. That is evidence and no refusal: the filter saw the text on its way out.";
    }
}
