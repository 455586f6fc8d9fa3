namespace Recite.Indexing.Text.Internals;

/// <summary>What bytes that may begin a comment are where they stand.</summary>
internal enum CodeMarkerKind
{
    /// <summary>A sign like any other, in every context.</summary>
    Sign,

    /// <summary>No comment here; the same bytes could begin one on a line of their own.</summary>
    Code,

    /// <summary>No comment, wherever they stand, but what follows them decided that.</summary>
    PlainCode,

    /// <summary>A comment.</summary>
    Comment,
}

/// <summary>The reading of a marker.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="End">Where the comment ends, or the bytes that are one lexeme.</param>
internal readonly record struct CodeMarker(CodeMarkerKind Kind, int End);
