using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Near;

/// <summary>A place of a near-verbatim match, in the document it lies in.</summary>
/// <param name="Segment">Ordinal of the segment.</param>
/// <param name="Start">First normalized coordinate.</param>
/// <param name="End">One past the last.</param>
/// <param name="Words">Words of the place.</param>
/// <param name="Edits">Word edits between it and the span of the input.</param>
internal readonly record struct NearPlace(int Segment, long Start, long End, int Words, int Edits)
{
    public bool Contains(NearPlace other) => other.Segment == Segment && other.Start >= Start && other.End <= End;
}

/// <summary>Equal words of an alignment in bytes.</summary>
/// <param name="Input">Bytes of the normalized input.</param>
/// <param name="Diagonal">Coordinate of the segment less byte of the input.</param>
/// <param name="InputWord">First word, counted from the first of the span.</param>
/// <param name="DocumentWord">First word, counted from the first of the place.</param>
/// <param name="EditsBefore">Edits of the alignment before it.</param>
internal readonly record struct EqualStretch(TextSpan Input, long Diagonal, int InputWord, int DocumentWord, int EditsBefore);

/// <summary>An aligned span of the input and its place.</summary>
/// <param name="Input">Bytes of the normalized input, from the first byte of a word to the last byte of one.</param>
/// <param name="FirstWord">First word of the input.</param>
/// <param name="Words">Words of the span.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Stretches">What is equal, in order; the first begins and the last ends the span.</param>
internal sealed record NearCandidate(TextSpan Input, int FirstWord, int Words, NearPlace Place, IReadOnlyList<EqualStretch> Stretches);
