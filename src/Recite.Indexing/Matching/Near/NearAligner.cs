using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Near;

/// <summary>
/// Makes of one common run the longest near-verbatim match that holds it: goes outwards on both sides over edits, takes the pair
/// of ends with the most words of the input that keeps within the tolerance, and counts its edits exactly. Begins and ends on
/// words that both sides have. Not for concurrent use.
/// </summary>
internal sealed class NearAligner(WordVocabulary vocabulary, NearTolerance tolerance, StepBudget budget)
{
    private readonly DocumentWords _before = new(vocabulary, forward: false);
    private readonly DocumentWords _behind = new(vocabulary, forward: true);
    private readonly NearExtension _left = new();
    private readonly NearExtension _right = new();

    /// <summary>The match that holds the run, edits or none; null where no whole word of the run is one on both sides.</summary>
    public NearCandidate? Align(SeedRun run, int segmentNumber, SegmentReader segment)
    {
        DocumentRow document = segment.FindRow(run.Span.Start + run.Diagonal, run.Span.End + run.Diagonal);
        if (!TryFindWholeWords(run, segment, document, out int first, out int end))
            return null;

        _before.Begin(segment, document, vocabulary.Spans[first].Start + run.Diagonal);
        _behind.Begin(segment, document, vocabulary.Spans[end - 1].End + run.Diagonal);
        _left.Begin(new ArrayWords(vocabulary.Words, first - 1, -1), _before, tolerance);
        _right.Begin(new ArrayWords(vocabulary.Words, end, vocabulary.Words.Length), _behind, tolerance);
        Extend(end - first);
        (FrontReach left, FrontReach right) = LongestPair(end - first);

        // What is left costs a table of the edits and a walk over the words; without the means for that, nothing is claimed.
        long edits = left.Edits + right.Edits, words = end - first + left.Document + right.Document;
        if (!budget.TryTake((_left.Ends.Count * (long)_right.Ends.Count) + (edits * edits) + words))
            return null;
        return Describe(new WordRange(first - left.Input, end + right.Input), new WordRange(first, end), run.Diagonal, left, right, segmentNumber);
    }

    private void Extend(int runWords)
    {
        long runSurplus = (long)runWords * tolerance.PerMille;
        for (int steps = 1; steps > 0;)
        {
            steps = _left.Advance(runSurplus + _right.BestSurplus);
            steps += _right.Advance(runSurplus + _left.BestSurplus);
            if (!budget.TryTake(steps))
                return;
        }
    }

    private (FrontReach Left, FrontReach Right) LongestPair(int runWords)
    {
        (FrontReach Left, FrontReach Right) best = (_left.Ends[0], _right.Ends[0]);
        int most = -1;
        foreach (FrontReach left in _left.Ends)
        {
            foreach (FrontReach right in _right.Ends)
            {
                int words = left.Input + runWords + right.Input;
                int edits = left.Edits + right.Edits;
                if (edits <= tolerance.EditsIn(words) && (words > most || (words == most && edits < best.Left.Edits + best.Right.Edits)))
                    (best, most) = ((left, right), words);
            }
        }

        return best;
    }

    // A run may begin and end inside words; those at its borders count only if the document has a border there too.
    private bool TryFindWholeWords(SeedRun run, SegmentReader segment, DocumentRow document, out int first, out int end)
    {
        first = vocabulary.FirstFrom(run.Span.Start);
        end = vocabulary.FirstFrom(run.Span.End);
        if (end > first && vocabulary.Spans[end - 1].End > run.Span.End)
            end--;
        while (first < end && !IsWordBorder(segment, document, vocabulary.Spans[first].Start + run.Diagonal))
            first++;
        while (first < end && !IsWordBorder(segment, document, vocabulary.Spans[end - 1].End + run.Diagonal))
            end--;
        return first < end;
    }

    private static bool IsWordBorder(SegmentReader segment, DocumentRow document, long position)
    {
        const int Around = 64;
        long from = Math.Max(document.NormalizedStart, position - Around);
        long to = Math.Min(document.NormalizedEnd, position + Around);
        Span<byte> bytes = stackalloc byte[2 * Around];
        bytes = bytes[..(int)(to - from)];
        segment.Normalized.CopyTo(from, bytes);
        return WordBreaker.IsWordBorder(bytes, (int)(position - from));
    }

    private NearCandidate? Describe(WordRange span, WordRange run, long diagonal, FrontReach left, FrontReach right, int segment)
    {
        DocumentWord[] document = new DocumentWord[left.Document + run.Count + right.Document];
        for (int i = 0; i < left.Document; i++)
            document[i] = _before.At(left.Document - 1 - i);
        for (int i = 0; i < run.Count; i++)
        {
            TextSpan word = vocabulary.Spans[run.First + i];
            document[left.Document + i] = new DocumentWord(word.Start + diagonal, word.Length, vocabulary.Words[run.First + i]);
        }

        for (int i = 0; i < right.Document; i++)
            document[left.Document + run.Count + i] = _behind.At(i);

        // The run's own alignment is one of several: what is reported is the least number of edits between the two spans.
        WordAlignment? alignment = WordAlignment.Find(
            vocabulary.Words[span.First..span.End], [.. document.Select(word => word.Number)], left.Edits + right.Edits);
        if (alignment is null)
            return null;

        var input = new TextSpan(vocabulary.Spans[span.First].Start, vocabulary.Spans[span.End - 1].End);
        var place = new NearPlace(segment, document[0].Start, document[^1].Start + document[^1].Bytes, document.Length, alignment.Edits);
        return new NearCandidate(input, span.First, span.Count, place, ToBytes(alignment, span.First, document));
    }

    private List<EqualStretch> ToBytes(WordAlignment alignment, int firstWord, DocumentWord[] document)
    {
        var stretches = new List<EqualStretch>();
        foreach (EqualWords equal in alignment.Equal)
        {
            for (int i = 0; i < equal.Words; i++)
            {
                TextSpan word = vocabulary.Spans[firstWord + equal.Input + i];
                long diagonal = document[equal.Document + i].Start - word.Start;
                if (i > 0 && stretches[^1].Diagonal == diagonal)
                    stretches[^1] = stretches[^1] with { Input = new TextSpan(stretches[^1].Input.Start, word.End) };
                else
                    stretches.Add(new EqualStretch(word, diagonal, equal.Input + i, equal.Document + i, equal.EditsBefore));
            }
        }

        return stretches;
    }

    /// <summary>Words of the input, half-open.</summary>
    private readonly record struct WordRange(int First, int End)
    {
        public int Count => End - First;
    }
}
