using System.Text.Json.Serialization;
using Recite.Indexing.Matching;

namespace Recite.Evidence;

/// <summary>A match made by an audit, with the prompt that did it (<c>findings[]</c> of <c>recite.report/1</c>).</summary>
public sealed record Finding
{
    /// <summary>Stable name inside the run, the same on every re-run.</summary>
    public required string Id { get; init; }

    /// <summary>The probe that made the prompt.</summary>
    public required string Probe { get; init; }

    /// <summary>The attempt it came from.</summary>
    public required string Attempt { get; init; }

    /// <summary>What the target was shown.</summary>
    public required string Prompt { get; init; }

    /// <summary>What came back.</summary>
    public required string Completion { get; init; }

    /// <summary>Where the completion stands in the corpus; offsets count UTF-8 bytes of <see cref="Completion"/>.</summary>
    public required FindingMatch Match { get; init; }

    /// <summary><c>discoverable-extraction</c> or <c>corpus-match</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How probable the target makes it, where it tells.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Probability? Probability { get; init; }

    /// <summary>How probable it is under a null that never saw the text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Chance? Chance { get; init; }

    /// <summary>Characters of the match that the target had already been shown (M17).</summary>
    public int DiscountedForPrompt { get; init; }

    /// <summary>Whether the text is so common or so repetitive that a match proves nothing.</summary>
    public bool Boilerplate { get; init; }

    /// <summary>Classes of personal data inside the match, masked in reports.</summary>
    public IReadOnlyList<string> PersonalData { get; init; } = [];

    /// <summary>Label of the duplicates stratum the sample came from, where the probe drew one.</summary>
    public string? Duplicates { get; init; }

    /// <summary>What a person is shown to judge it: both texts with their surroundings.</summary>
    public required EvidencePanes Evidence { get; init; }
}

/// <summary>A reported span of an output and its places in the corpus (<c>match</c> of the contract).</summary>
/// <param name="Start">First UTF-8 byte of the output.</param>
/// <param name="End">One past the last.</param>
/// <param name="Words">Words of the span.</param>
/// <param name="Characters">Code points of normalized text.</param>
/// <param name="Kind"><c>verbatim</c> or <c>near-verbatim</c>.</param>
/// <param name="Edits">Word insertions, deletions and substitutions.</param>
/// <param name="Occurrences">All places of its normalized text in the corpus.</param>
/// <param name="OccurrencesAreExact">False when counting stopped early.</param>
/// <param name="Boilerplate">Whether the text is common property.</param>
/// <param name="Sources">The first places in document order.</param>
public sealed record FindingMatch(
    int Start,
    int End,
    int Words,
    int Characters,
    string Kind,
    int Edits,
    long Occurrences,
    bool OccurrencesAreExact,
    bool Boilerplate,
    IReadOnlyList<FindingSource> Sources)
{
    /// <summary>A match of the engine as the contract calls it.</summary>
    public static FindingMatch Of(ReportedMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return new FindingMatch(
            match.Start,
            match.End,
            match.Words,
            match.Characters,
            MatchKinds.NameOf(match.Kind),
            match.Edits,
            match.Occurrences,
            match.OccurrencesAreExact,
            Boilerplate: false,
            [.. match.Sources.Select(source => new FindingSource(source.Id, source.Uri, source.Start, source.End, source.Words))]);
    }
}

/// <summary>A place in the corpus; offsets count UTF-8 bytes of the document's extracted text.</summary>
public sealed record FindingSource(string Document, string Uri, long Start, long End, int Words);

/// <summary>log10 of the probability that the target emits the match, and under which sampling.</summary>
public sealed record Probability(double Log10, string Scheme);

/// <summary>log10 of the probability under a null, and which null.</summary>
public sealed record Chance(double Log10, [property: JsonPropertyName("null")] string Null);

/// <summary>The output and its strongest source side by side.</summary>
public sealed record EvidencePanes(EvidencePane Output, EvidencePane Source);

/// <summary>A text with surroundings and the spans marked in it; the same number marks the same span in both panes.</summary>
/// <param name="Before">Context before, unmarked.</param>
/// <param name="Text">The text that carries the marks.</param>
/// <param name="After">Context after, unmarked.</param>
/// <param name="Marks">Half-open spans in UTF-16 units of <paramref name="Text"/>.</param>
public sealed record EvidencePane(string Before, string Text, string After, IReadOnlyList<EvidenceMark> Marks);

/// <summary>A marked span.</summary>
/// <param name="Number">1-based, equal in both panes.</param>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="End">One past the last.</param>
public sealed record EvidenceMark(int Number, int Start, int End);
