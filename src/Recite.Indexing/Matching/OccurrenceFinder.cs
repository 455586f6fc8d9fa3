using Recite.Indexing.Corpora;
using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching;

/// <summary>A place in the corpus.</summary>
/// <param name="Segment">Ordinal of the segment.</param>
/// <param name="Position">Normalized coordinate in it.</param>
internal readonly record struct CorpusPosition(int Segment, long Position)
{
    /// <summary>Document order.</summary>
    public static readonly Comparer<CorpusPosition> Order = Comparer<CorpusPosition>.Create(
        static (a, b) => a.Segment != b.Segment ? a.Segment.CompareTo(b.Segment) : a.Position.CompareTo(b.Position));
}

/// <summary>All places where a text is stored, in document order. A stored text may be that of several documents, see <see cref="DocumentsOfPlaces"/>.</summary>
internal sealed record Occurrences(IReadOnlyList<CorpusPosition> Places, bool AreExact);

/// <summary>
/// Finds every place of a given normalized text. A place of at least g bytes covers exactly one sampled position among its
/// first s, so looking up the first s k-grams of the text meets each place once. Shorter texts can miss the samples: a small
/// corpus is then scanned, and of a large one the count is said to be a lower bound.
/// </summary>
internal sealed class OccurrenceFinder(CorpusIndex index, StepBudget budget, long scannedBytes = OccurrenceFinder.ScannedBytes)
{
    /// <summary>Normalized bytes of a corpus that may be scanned for a text shorter than the guarantee.</summary>
    public const long ScannedBytes = 32 << 20;

    private readonly GramHits _hits = new();
    private readonly ulong[] _hashes = new ulong[GramHits.MostHashes];

    public Occurrences Find(ReadOnlySpan<byte> text, CancellationToken cancellationToken)
    {
        SamplingPlan sampling = index.Sampling;
        var places = new List<CorpusPosition>();
        if (text.IsEmpty || text.Contains(SegmentPlan.Gap))
            return new Occurrences(places, AreExact: true);

        bool scan = text.Length < sampling.Guarantee && index.Segments.Sum(segment => segment.Normalized.Length) <= scannedBytes;
        for (int segment = 0; segment < index.Segments.Count; segment++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (scan)
                Scan(segment, text, places);
            else
                LookUp(segment, text, sampling, places);
        }

        places.RemoveAll(place => index.Segments[place.Segment].Removed.IsDead(place.Position));
        places.Sort(CorpusPosition.Order);
        return new Occurrences(places, AreExact: (scan || text.Length >= sampling.Guarantee) && !budget.IsSpent);
    }

    /// <summary>
    /// Every place of a trimmed span of a query. Where it is too short to be counted exactly, the places of the maximal matches that
    /// were trimmed to it are added: those are known for certain.
    /// </summary>
    public Occurrences Find(ReadOnlySpan<byte> query, TextSpan trimmed, IEnumerable<TextSpan> maximal, CancellationToken cancellationToken)
    {
        Occurrences found = Find(query[trimmed.Start..trimmed.End], cancellationToken);
        if (found.AreExact)
            return found;

        HashSet<CorpusPosition> places = [.. found.Places];
        foreach (TextSpan span in maximal)
        {
            foreach (CorpusPosition place in Find(query[span.Start..span.End], cancellationToken).Places)
                places.Add(place with { Position = place.Position + trimmed.Start - span.Start });
        }

        List<CorpusPosition> sorted = [.. places];
        sorted.Sort(CorpusPosition.Order);
        return new Occurrences(sorted, AreExact: false);
    }

    private void LookUp(int segment, ReadOnlySpan<byte> text, SamplingPlan sampling, List<CorpusPosition> places)
    {
        SegmentReader reader = index.Segments[segment];
        int offsets = Math.Min(sampling.Stride, text.Length - sampling.Gram + 1);
        for (int first = 0; first < offsets; first += GramHits.MostHashes)
        {
            Span<ulong> hashes = _hashes.AsSpan(0, Math.Min(GramHits.MostHashes, offsets - first));
            GramHash.ComputeEach(text[first..], sampling.Gram, hashes);
            reader.Postings.LookUp(hashes, _hits);
            foreach (ref GramHit hit in _hits.Hits)
                reader.Normalized.Prefetch(hit.Slot * sampling.Stride, 1, sampling.Gram);
            foreach (ref GramHit hit in _hits.Hits)
            {
                if (!budget.TryStep())
                    return;
                int offset = first + hit.At;
                if (hit.Slot < reader.Postings.SlotCount)
                    Compare(segment, (hit.Slot * sampling.Stride) - offset, text, places);
                else
                    LookUpList(segment, text, offset, sampling, reader.Postings.Heavy[hit.Slot], places);
            }
        }
    }

    private void LookUpList(int segment, ReadOnlySpan<byte> text, int offset, SamplingPlan sampling, HeavyList list, List<CorpusPosition> places)
    {
        HeavyRange range = new HeavyWalk(index.Segments[segment].Normalized, sampling, list).FindAll(text, offset);
        for (int i = 0; i < range.Count; i++)
        {
            if (!budget.TryStep())
                return;
            if (range.Rank(i) is >= 0 and int rank)
                Compare(segment, (list.SlotAt(rank) * sampling.Stride) - offset, text, places);
        }
    }

    private void Compare(int segment, long start, ReadOnlySpan<byte> text, List<CorpusPosition> places)
    {
        if (!index.Segments[segment].Normalized.EqualsAt(start, text))
            return;
        budget.TakeCompared(text.Length);
        places.Add(new CorpusPosition(segment, start));
    }

    private void Scan(int segment, ReadOnlySpan<byte> text, List<CorpusPosition> places)
    {
        NormalizedReader normalized = index.Segments[segment].Normalized;
        long position = 0;
        while (position < normalized.Length)
        {
            NormalizedChunk chunk = normalized.ChunkAt(position);
            ReadOnlySpan<byte> bytes = chunk.Bytes;
            for (int from = (int)(position - chunk.Start); ;)
            {
                int found = bytes[from..].IndexOf(text);
                if (found < 0)
                    break;
                places.Add(new CorpusPosition(segment, chunk.Start + from + found));
                from += found + 1;
            }

            // A place may begin in this chunk and end in the next.
            long chunkEnd = chunk.Start + bytes.Length;
            for (long start = Math.Max(position, chunkEnd - text.Length + 1); start < chunkEnd; start++)
            {
                if (normalized.EqualsAt(start, text))
                    places.Add(new CorpusPosition(segment, start));
            }

            position = chunkEnd;
        }
    }
}
