using System.Text;
using Recite.Evidence;
using Recite.Metrics;
using Recite.Probes;
using Recite.Reporting;

namespace Recite.Controls;

/// <summary>
/// The probe's own completions, each judged against the suffix of another sample of its stratum: what the comparison finds when there is
/// nothing to find. A suffix that equals the sample's own, begins like it or shares a span of at least the guarantee is never used.
/// </summary>
public sealed class PermutedSuffixNull : INull
{
    /// <inheritdoc/>
    public string Name => "permuted-suffix";

    /// <inheritdoc/>
    public NullPlan Plan(NullContext context, CancellationToken cancellationToken) => context.Probe is PrefixProbe
        ? NullPlan.NothingToAsk
        : NullPlan.Impossible("Recorded outputs have no true suffixes that could be permuted.");

    /// <inheritdoc/>
    public NullMeasure Measure(NullContext context, NullOutcomes outcomes, CancellationToken cancellationToken)
    {
        var trials = new List<Trial>();
        List<string> notes = [];
        foreach (var stratum in outcomes.Probe.Where(o => !o.IsBoilerplate).GroupBy(o => o.Attempt.Stratum!, StringComparer.Ordinal).OrderBy(g => DuplicateStrata.LowerEnd(g.Key)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<SuffixOfSample> samples = [.. stratum
                .DistinctBy(o => o.Attempt.Sample, StringComparer.Ordinal)
                .OrderBy(o => o.Attempt.Sample, StringComparer.Ordinal)
                .Select(o => new SuffixOfSample(o.Attempt.Sample, NormalizedPiece.Of(context.Probing.Index.Normalizer, Encoding.UTF8.GetBytes(o.Attempt.Suffix!))))];
            SeededRandom.For(context.Probing.Config.Seed, "permuted-suffix " + stratum.Key).Shuffle(samples);
            Dictionary<string, ReadOnlyMemory<byte>> partners = FindPartners(samples, context.Probing.Index.Manifest.Guarantee);
            trials.AddRange(stratum
                .Where(o => partners.ContainsKey(o.Attempt.Sample))
                .Select(o => new Trial(o.Attempt.Sample, o.Attempt.Stratum, CompletionJudge.FindSuffix(o.Text.Bytes.Span, partners[o.Attempt.Sample].Span) is not null, o.IsCompleted, o.Cluster)));

            if (samples.Count == 1)
                notes.Add($"The stratum {stratum.Key} holds a single sample, so its suffix could not be permuted.");
            else if (partners.Count < samples.Count)
                notes.Add($"Not permuted, because every other suffix of the stratum {stratum.Key} shares text with theirs: {Counted.Of(samples.Count - partners.Count, "sample")}.");
        }

        return trials.Count == 0
            ? new NullMeasure { Notes = notes, NotRun = "No stratum holds two samples whose suffixes differ." }
            : new NullMeasure { Rates = [.. NullRates.For(context, NullRates.Extraction, Name, []).MakeOverAttempts(trials)], Notes = notes };
    }

    // The next of the shuffled list that may be used: a cyclic shift, which never gives a sample its own suffix.
    private static Dictionary<string, ReadOnlyMemory<byte>> FindPartners(List<SuffixOfSample> samples, int guarantee)
    {
        var partners = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (int i = 0; i < samples.Count; i++)
        {
            var own = new SharedSpan(samples[i].Suffix);
            for (int step = 1; step < samples.Count; step++)
            {
                ReadOnlyMemory<byte> other = samples[(i + step) % samples.Count].Suffix;
                if (own.IsUnrelated(other.Span, guarantee))
                {
                    partners.Add(samples[i].Sample, other);
                    break;
                }
            }
        }

        return partners;
    }

    private readonly record struct SuffixOfSample(string Sample, ReadOnlyMemory<byte> Suffix);

    private sealed class SharedSpan(ReadOnlyMemory<byte> own)
    {
        private readonly SuffixAutomaton _automaton = new([.. own.ToArray().Select(b => (int)b)]);

        public bool IsUnrelated(ReadOnlySpan<byte> other, int guarantee)
        {
            if (other.StartsWith(own.Span) || own.Span.StartsWith(other))
                return false;
            int[] symbols = new int[other.Length];
            for (int i = 0; i < other.Length; i++)
                symbols[i] = other[i];
            return _automaton.LongestCommon(symbols).Length < guarantee;
        }
    }
}
