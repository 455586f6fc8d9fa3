using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching;

/// <summary>What to report of an input.</summary>
public sealed record MatchOptions
{
    /// <summary>Shortest match in characters or words of normalized text; the index's guarantee when absent.</summary>
    public TextLength? MinimumLength { get; init; }

    /// <summary>Most sources named for each match.</summary>
    public int MaxSources { get; init; } = 10;

    /// <summary>How much near-verbatim matches may be changed; they are not looked for when absent.</summary>
    public NearTolerance? Near { get; init; }
}

/// <summary>Where an input stands in the corpus.</summary>
/// <param name="Bytes">UTF-8 bytes of the input.</param>
/// <param name="Words">Words of the input.</param>
/// <param name="Coverage">Share of its words inside at least one match, 0 to 1.</param>
/// <param name="LongestWords">Words of the longest verbatim match; 0 without one.</param>
/// <param name="LongestCharacters">Characters of normalized text of the longest verbatim match; 0 without one.</param>
/// <param name="IsComplete">False when the step budget ran out: more may match than is listed.</param>
/// <param name="Matches">The matches, ordered by start.</param>
public sealed record MatchResult(
    int Bytes, int Words, double Coverage, int LongestWords, int LongestCharacters, bool IsComplete, IReadOnlyList<ReportedMatch> Matches);

/// <summary>What makes two texts match.</summary>
public enum MatchKind
{
    /// <summary>Equal after normalization.</summary>
    Verbatim,

    /// <summary>Equal but for some words.</summary>
    NearVerbatim,
}

/// <summary>A maximal match as it is reported: trimmed to whole words of the input.</summary>
public sealed record ReportedMatch
{
    /// <summary>First UTF-8 byte of the input.</summary>
    public required int Start { get; init; }

    /// <summary>One past the last UTF-8 byte of the input.</summary>
    public required int End { get; init; }

    /// <summary>The same span in bytes of the normalized input.</summary>
    public required TextSpan Normalized { get; init; }

    /// <summary>Words of the span.</summary>
    public required int Words { get; init; }

    /// <summary>Code points of normalized text.</summary>
    public required int Characters { get; init; }

    /// <summary>What makes it a match.</summary>
    public MatchKind Kind { get; init; }

    /// <summary>Insertions, deletions and substitutions of words between the span and the nearest of its places; 0 when verbatim.</summary>
    public int Edits { get; init; }

    /// <summary>All places of the span's normalized text in the corpus, overlapping ones included; the places found, when near-verbatim.</summary>
    public required long Occurrences { get; init; }

    /// <summary>False when <see cref="Occurrences"/> is a lower bound.</summary>
    public required bool OccurrencesAreExact { get; init; }

    /// <summary>The first places in document order.</summary>
    public required IReadOnlyList<MatchSource> Sources { get; init; }
}

/// <summary>A place in the corpus where a text stands.</summary>
/// <param name="Document">The document's number.</param>
/// <param name="Id">Its id.</param>
/// <param name="Uri">Where it came from.</param>
/// <param name="Start">First UTF-8 byte of the document's text.</param>
/// <param name="End">One past the last.</param>
/// <param name="Words">Words of the place.</param>
public sealed record MatchSource(long Document, string Id, string Uri, long Start, long End, int Words);

/// <summary>How often a text stands in the corpus.</summary>
/// <param name="Count">Places found.</param>
/// <param name="IsExact">False when it is a lower bound.</param>
public readonly record struct OccurrenceCount(long Count, bool IsExact);

/// <summary>Documents that share text.</summary>
/// <param name="Documents">Their numbers.</param>
/// <param name="AreAll">False when looking stopped early: there may be more.</param>
public readonly record struct SharingDocuments(IReadOnlySet<long> Documents, bool AreAll);
