using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Near;

/// <summary>
/// Finds the near-verbatim matches of an input: every common run that holds a sampled k-gram is a seed, each seed that no match
/// holds yet is aligned to both sides. A passage is found if one sampled k-gram of it was left alone; how often that is so stands
/// in row T16 of the selftest.
/// </summary>
internal sealed class NearFinder(CorpusIndex index, NearTolerance tolerance, StepBudget budget)
{
    /// <summary>The matches with at least one edit, each span of the input once with all its places.</summary>
    /// <param name="input">The input.</param>
    /// <param name="isLongEnough">Whether a span of the normalized input is worth reporting.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IReadOnlyList<NearGroup> Find(NormalizedText input, Func<TextSpan, bool> isLongEnough, CancellationToken cancellationToken)
    {
        var vocabulary = new WordVocabulary(input);
        var aligner = new NearAligner(vocabulary, tolerance, budget);
        List<NearCandidate> found = [];
        for (int i = 0; i < index.Segments.Count; i++)
        {
            int number = i;
            SegmentReader segment = index.Segments[i];
            var seeds = new SeedRuns(segment, index.Sampling, budget);
            seeds.Find(input.Bytes.Span, run =>
            {
                if (aligner.Align(run, number, segment) is not { } candidate || !isLongEnough(candidate.Input))
                    return;
                foreach (EqualStretch stretch in candidate.Stretches)
                    seeds.MarkKnown(stretch.Diagonal, stretch.Input);
                // Without edits it is verbatim, unless signs between the words differ and the profile keeps those.
                ReadOnlySpan<byte> text = input.Bytes.Span[candidate.Input.Start..candidate.Input.End];
                if (candidate.Place.Edits > 0 || !segment.Normalized.EqualsAt(candidate.Place.Start, text))
                    found.Add(candidate);
            }, cancellationToken);
        }

        return new NearReduction(tolerance, budget).Reduce(found);
    }
}
