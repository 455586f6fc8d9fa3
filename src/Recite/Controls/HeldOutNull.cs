using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Evidence;
using Recite.Indexing.Corpora;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;

namespace Recite.Controls;

/// <summary>
/// Never-trained documents with their true prefixes, cut and judged as the probe's samples are. Documents that share a span of at least the
/// index's guarantee with the corpus are no control and are taken out; some of them are asked apart, because a model that saw them should
/// give them back, and that shows that the measurement can see.
/// </summary>
public sealed class HeldOutNull : INull
{
    private const string ContaminatedArm = "held-out-dropped";
    private const int MostContaminated = 20;

    /// <inheritdoc/>
    public string Name => "held-out";

    /// <inheritdoc/>
    public NullPlan Plan(NullContext context, CancellationToken cancellationToken)
    {
        if (context.HeldOut.Count == 0)
            return NullPlan.Impossible("No held-out documents were given; name some with 'heldOut:'.");
        if (context.Probe is not PrefixProbe probe)
            return NullPlan.NothingToAsk;

        int most = Math.Min(probe.Config.Samples, context.Probing.Config.Limit ?? int.MaxValue);
        SampleMaker maker = probe.CreateMaker(context.Probing);
        List<Sample> samples = [], contaminated = [];
        List<string> dropped = [];
        int unusable = 0;
        foreach (Document document in Shuffle(context, probe))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (samples.Count == most)
                break;
            bool shares = SharesSpan(context.Probing, document, cancellationToken);
            if (shares)
                dropped.Add(document.Id);
            Sample? sample = maker.Cut(-1, document.Id, document.Uri, 0, Bounded(document.Text), out _);
            if (sample is null)
                unusable++;
            else if (!shares)
                samples.Add(sample);
            else if (contaminated.Count < MostContaminated)
                contaminated.Add(sample);
        }

        List<string> notes = Notes(context, dropped, unusable);
        if (samples.Count == 0 && contaminated.Count == 0)
            return new NullPlan([], notes, "No held-out document is long enough for prefix and suffix.");

        IEnumerable<PlannedAttempt> Ask(List<Sample> which, string arm) =>
            which.DistinctBy(s => Convert.ToHexString(s.Key.Span), StringComparer.Ordinal)
                .SelectMany(s => maker.MakeAttempts(s, arm, probe.Name, DuplicateStrata.Label(0), probe.Config.Repeat));
        return new NullPlan([.. Ask(samples, Name), .. Ask(contaminated, ContaminatedArm)], notes, samples.Count == 0 ? "Every held-out document shares text with the corpus." : null);
    }

    /// <inheritdoc/>
    public NullMeasure Measure(NullContext context, NullOutcomes outcomes, CancellationToken cancellationToken)
    {
        if (context.Probe is not PrefixProbe)
            return new HeldOutExcerpts(context).Measure(outcomes.Probe, cancellationToken);

        AttemptOutcome[] contaminated = [.. outcomes.All.Where(o => string.Equals(o.Attempt.Arm, ContaminatedArm, StringComparison.Ordinal))];
        if (contaminated.Length == 0)
            return new NullMeasure { Rates = outcomes.Own.Count == 0 ? [] : NullRates.ExtractionOf(context, Name, outcomes.Own) };

        string[] back = [.. contaminated.Where(o => o.Extraction is not null).Select(o => o.Attempt.Source!.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int asked = contaminated.Select(o => o.Attempt.Sample).Distinct(StringComparer.Ordinal).Count();
        return new NullMeasure
        {
            Rates = outcomes.Own.Count == 0 ? [] : NullRates.ExtractionOf(context, Name, outcomes.Own),
            Estimates =
            [
                new JsonObject
                {
                    ["name"] = "contaminated-control",
                    ["null"] = Name,
                    ["probe"] = context.Probe.Name,
                    ["trials"] = asked,
                    ["hits"] = back.Length,
                    ["documents"] = new JsonArray([.. back.Select(id => JsonValue.Create(id))]),
                },
            ],
            Notes =
            [
                back.Length == 0
                    ? $"Asked apart, of the held-out documents that were taken out: {asked}; none came back."
                    : string.Create(CultureInfo.InvariantCulture, $"Asked apart, of the held-out documents that were taken out: {asked}; {back.Length} came back, as what a model has seen should: {string.Join(", ", back)}."),
            ],
        };
    }

    private static List<Document> Shuffle(NullContext context, PrefixProbe probe)
    {
        List<Document> documents = [.. context.HeldOut];
        SeededRandom.For(probe.SeedOf(context.Probing.Config), "held-out").Shuffle(documents);
        return documents;
    }

    /// <summary>Whether the document shares a span of at least the guarantee with the corpus.</summary>
    internal static bool SharesSpan(ProbeContext context, Document document, CancellationToken cancellationToken) =>
        context.Matcher.FindOutermostSpans(NormalizedPiece.Of(context.Index.Normalizer, document.Text.Span).Span, cancellationToken).Count > 0;

    /// <summary>As much of a document as the probe reads of one of the corpus.</summary>
    internal static ReadOnlyMemory<byte> Bounded(ReadOnlyMemory<byte> text)
    {
        if (text.Length <= SampleDraw.LongestRead)
            return text;
        int end = SampleDraw.LongestRead;
        while (end > 0 && (text.Span[end] & 0xC0) == 0x80)
            end--;
        return text[..end];
    }

    private static List<string> Notes(NullContext context, List<string> dropped, int unusable)
    {
        List<string> notes = [];
        if (dropped.Count > 0)
        {
            dropped.Sort(StringComparer.Ordinal);
            string names = string.Join(", ", dropped.Take(10)) + (dropped.Count > 10 ? ", ..." : "");
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Taken out of the held-out control for sharing a span of at least {context.Probing.Index.Manifest.Guarantee} bytes with the corpus: {Counted.Of(dropped.Count, "document")} ({names})."));
        }

        if (unusable > 0)
            notes.Add($"Without a sample, because too short or mostly punctuation where the suffix stands: {Counted.Of(unusable, "held-out document")}.");
        return notes;
    }
}
