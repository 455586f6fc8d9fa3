using System.Text.Json.Serialization;
using Recite.Evidence;

namespace Recite.Contamination;

/// <summary>Whether an item meets a rule.</summary>
public static class ItemVerdicts
{
    /// <summary>Something of the item stands in the corpus by this rule; verified byte by byte.</summary>
    public const string Found = "found";

    /// <summary>Nothing does, for certain.</summary>
    public const string Absent = "absent";

    /// <summary>Nothing was found, by a rule that can miss some: near-verbatim matches are found by what was left unchanged.</summary>
    public const string NotFound = "not-found";

    /// <summary>The index cannot say: the item is shorter than what it guarantees, or the search was cut short.</summary>
    public const string Undecided = "undecided";
}

/// <summary>How many of the word n-grams of a text stand in the corpus.</summary>
/// <param name="N">Words of an n-gram.</param>
/// <param name="Total">N-grams of the text, with multiplicity.</param>
/// <param name="Found">Those whose normalized text stands in the corpus.</param>
/// <param name="Absent">Those whose normalized text stands nowhere in it.</param>
/// <param name="Undecided">Those shorter than the index's guarantee that lie in no longer match.</param>
public sealed record NgramOverlap(int N, int Total, int Found, int Absent, int Undecided);

/// <summary>One text field of an item, held against the corpus.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">UTF-8 bytes of its text.</param>
/// <param name="Words">Words of it.</param>
/// <param name="IsDecidable">Whether it is long enough for the index to say that it has no verbatim match.</param>
/// <param name="IsComplete">False when the search was cut short because the text repeats itself too much.</param>
/// <param name="Coverage">Share of its words inside a match, 0 to 1.</param>
/// <param name="LongestWords">Words of its longest verbatim match.</param>
/// <param name="LongestCharacters">Characters of normalized text of it.</param>
/// <param name="Ngrams">Word n-grams, in the order asked for.</param>
/// <param name="Matches">Verbatim and near-verbatim matches, by start.</param>
public sealed record CheckedField(
    string Name,
    int Bytes,
    int Words,
    bool IsDecidable,
    bool IsComplete,
    double Coverage,
    int LongestWords,
    int LongestCharacters,
    IReadOnlyList<NgramOverlap> Ngrams,
    IReadOnlyList<FindingMatch> Matches);

/// <summary>One item, held against the corpus.</summary>
/// <param name="File">File it came from, as given.</param>
/// <param name="Line">Line in it, from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Verdicts">For each rule, whether the item meets it.</param>
/// <param name="Fields">Its text fields.</param>
public sealed record CheckedItem(string File, long Line, string Id, IReadOnlyDictionary<string, string> Verdicts, IReadOnlyList<CheckedField> Fields)
{
    /// <summary>Whether something of it stands in the corpus by any rule.</summary>
    [JsonIgnore]
    public bool IsFound => Verdicts.Values.Contains(ItemVerdicts.Found, StringComparer.Ordinal);
}

/// <summary>How many items meet a rule.</summary>
/// <param name="Rule"><c>verbatim</c>, <c>near-verbatim</c> or <c>ngram-N</c>.</param>
/// <param name="Items">Items.</param>
/// <param name="Found">Those of which something stands in the corpus.</param>
/// <param name="Absent">Those of which nothing does; of near-verbatim matches, those of which nothing was found.</param>
/// <param name="Undecided">Those the index cannot decide.</param>
public sealed record RuleSummary(string Rule, int Items, int Found, int Absent, int Undecided);
