using System.Runtime.InteropServices;
using System.Text;
using Recite.Evidence;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Probes;

namespace Recite.Metrics.Species;

/// <summary>
/// What of the corpus came out (M7), each piece once however often it came: atoms and documents by completion, merged spans, and the
/// distinct strings of 50 tokens that Nasr et al. (2023) count. A text that stands in several documents is found in the first of them.
/// </summary>
internal sealed class FoundText
{
    private readonly ProbeContext _context;
    private readonly bool _onlyExtractions;
    private readonly AtomGrid _grid;
    private readonly Dictionary<long, List<(long Start, long End)>> _spans = [];
    private readonly HashSet<UInt128> _strings = [];

    /// <summary>Collects over the outcomes of a probe or of a control.</summary>
    /// <param name="context">Corpus and target.</param>
    /// <param name="outcomes">In any order; attempts of one sample are one completion, because they are not independent.</param>
    /// <param name="onlyExtractions">Whether true suffixes alone count, and no other text of the corpus.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public FoundText(ProbeContext context, IReadOnlyList<AttemptOutcome> outcomes, bool onlyExtractions, CancellationToken cancellationToken)
    {
        (_context, _onlyExtractions, _grid) = (context, onlyExtractions, new AtomGrid(context));
        List<IReadOnlyCollection<int>> atoms = [], documents = [];

        // The jackknife deals completions out in this order: the random one of asking, and for recorded outputs that of their file.
        foreach (var sample in outcomes.GroupBy(o => o.Attempt.Sample, StringComparer.Ordinal).OrderBy(s => s.Min(o => o.Attempt.Ordinal)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            HashSet<int> ofSample = [], documentsOfSample = [];
            foreach (MatchSource place in sample.SelectMany(o => Places(o, cancellationToken)))
            {
                ofSample.UnionWith(_grid.Covered(place.Document, place.Start, place.End));
                documentsOfSample.Add((int)place.Document);
                if (!_spans.TryGetValue(place.Document, out List<(long, long)>? spans))
                    _spans[place.Document] = spans = [];
                spans.Add((place.Start, place.End));
            }

            atoms.Add(ofSample);
            documents.Add(documentsOfSample);
        }

        (Atoms, Documents) = (atoms, documents);
        (MergedSpans, MergedWords) = Merge(cancellationToken);
    }

    /// <summary>The atoms of each completion.</summary>
    public IReadOnlyList<IReadOnlyCollection<int>> Atoms { get; }

    /// <summary>The documents of each completion.</summary>
    public IReadOnlyList<IReadOnlyCollection<int>> Documents { get; }

    /// <summary>What an atom is.</summary>
    public string AtomUnit => _grid.Unit;

    /// <summary>Stretches of documents that came out, where they touch or overlap as one.</summary>
    public int MergedSpans { get; }

    /// <summary>Words of these stretches.</summary>
    public long MergedWords { get; }

    /// <summary>Distinct strings of 50 tokens in the found spans of completions; <see langword="null"/> where no tokenizer is known.</summary>
    public int? DistinctStrings => _context.Target.Tokenizer is null ? null : _strings.Count;

    private IEnumerable<MatchSource> Places(AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        TextSpan? extraction = outcome.IsBoilerplate ? null : outcome.Extraction;
        if (!_onlyExtractions)
        {
            foreach (JudgedMatch match in outcome.VerbatimMatches.Where(m => !m.IsBoilerplate && m.Match.Sources.Count > 0))
            {
                // A match that holds the extraction tells it already.
                if (extraction is { } inside && match.Match.Normalized.Start <= inside.Start && inside.End <= match.Match.Normalized.End)
                    extraction = null;
                AddStrings(outcome, match.Match.Start, match.Match.End);
                yield return match.Match.Sources[0];
            }
        }

        if (extraction is { } span && outcome.Attempt.Source is { Document: >= 0 } source)
        {
            TextSpan original = outcome.Text.ToOriginalInside(span);
            AddStrings(outcome, original.Start, original.End);
            ReadOnlyMemory<byte> suffix = NormalizedPiece.Of(_context.Index.Normalizer, Encoding.UTF8.GetBytes(outcome.Attempt.Suffix!));
            yield return _context.Matcher.FindSources(suffix.Span, 1, cancellationToken) is [var first]
                ? first
                : new MatchSource(source.Document, source.Id, source.Uri, source.Middle, source.End, 0);
        }
    }

    private void AddStrings(AttemptOutcome outcome, int start, int end)
    {
        if (_context.Target.Tokenizer is not { } tokenizer)
            return;
        int[] ids = [.. tokenizer.Encode(outcome.Completion.Text).Where(t => t.Start >= start && t.End <= end).Select(t => t.Id)];
        for (int first = 0; first + AtomGrid.Tokens <= ids.Length; first++)
            _strings.Add(AtomGrid.Digest(MemoryMarshal.AsBytes<int>(ids.AsSpan(first, AtomGrid.Tokens))));
    }

    private (int Spans, long Words) Merge(CancellationToken cancellationToken)
    {
        int count = 0;
        long words = 0;
        foreach ((long document, List<(long Start, long End)> spans) in _spans)
        {
            cancellationToken.ThrowIfCancellationRequested();
            spans.Sort();
            int at = 0;
            while (at < spans.Count)
            {
                (long start, long end) = spans[at++];
                while (at < spans.Count && spans[at].Start <= end)
                    end = Math.Max(end, spans[at++].End);
                count++;
                words += WordBreaker.CountWords(NormalizedPiece.Of(_context.Index.Normalizer, _context.Index.ReadText(document, start, (int)(end - start))).Span);
            }
        }

        return (count, words);
    }
}
