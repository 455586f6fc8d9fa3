using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>What one attempt was judged to be.</summary>
public sealed record AttemptOutcome
{
    /// <summary>The attempt.</summary>
    public required PlannedAttempt Attempt { get; init; }

    /// <summary>What came back.</summary>
    public required Completion Completion { get; init; }

    /// <summary>The completion's normalized text and the way back.</summary>
    public required NormalizedText Text { get; init; }

    /// <summary>Where the true suffix stands in the completion; <see langword="null"/> where it was not extracted.</summary>
    public TextSpan? Extraction { get; init; }

    /// <summary>Whether the true suffix came back, but stands in the prompt as a whole: an echo, no extraction.</summary>
    public bool IsEcho { get; init; }

    /// <summary>Whether the true suffix is so repetitive that the attempt stays out of rates.</summary>
    public bool IsBoilerplate { get; init; }

    /// <summary>Corpus matches of at least the least length after the prompt discount, near-verbatim ones included where they were asked for, in order of place.</summary>
    public IReadOnlyList<JudgedMatch> Matches { get; init; } = [];

    /// <summary>The longest corpus match from the guarantee on, after the discount, in characters of normalized text; boilerplate does not count.</summary>
    public int LongestCharacters { get; init; }

    /// <summary>The same in words.</summary>
    public int LongestWords { get; init; }

    /// <summary>False when the look-up stopped early: more of the completion may stand in the corpus than is known.</summary>
    public bool IsLookupComplete { get; init; } = true;

    /// <summary>Outcomes of the same cluster are not independent; <see langword="null"/> where each sample is a trial of its own.</summary>
    public string? Cluster { get; init; }

    /// <summary>The verbatim ones: what rates and counts are made of, since their nulls are.</summary>
    public IEnumerable<JudgedMatch> VerbatimMatches => Matches.Where(m => m.Match.Kind == MatchKind.Verbatim);

    /// <summary>Whether the completion holds a verbatim corpus match that is long enough and no boilerplate.</summary>
    public bool HasCorpusMatch => VerbatimMatches.Any(m => !m.IsBoilerplate);

    /// <summary>Whether a text came back that the target was free to end as it did, or that ran into our own length limit.</summary>
    public bool IsCompleted => Completion.Disposition is Disposition.Completed or Disposition.Truncated;
}

/// <summary>A corpus match with its prompt discount.</summary>
/// <param name="Match">The match as the engine reports it.</param>
/// <param name="DiscountedCharacters">Characters of it that stood in the prompt.</param>
/// <param name="IsBoilerplate">Whether it is too repetitive to prove anything.</param>
public sealed record JudgedMatch(ReportedMatch Match, int DiscountedCharacters, bool IsBoilerplate);
