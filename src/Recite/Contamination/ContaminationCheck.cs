using System.Globalization;
using Recite.Evidence;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;

namespace Recite.Contamination;

/// <summary>Says of each item of a benchmark or evaluation set whether and where it stands in the training corpus.</summary>
/// <param name="index">The corpus.</param>
/// <param name="options">What counts as a match.</param>
/// <param name="ngrams">Lengths of word n-grams to count besides.</param>
public sealed class ContaminationCheck(CorpusIndex index, MatchOptions options, IReadOnlyList<int> ngrams)
{
    private readonly Matcher _matcher = new(index);
    private readonly NgramCounter _counter = new(index.Manifest.Guarantee);

    /// <summary>The rules in the order of reports.</summary>
    public IReadOnlyList<string> Rules { get; } =
        [MatchKinds.Verbatim, .. options.Near is null ? Array.Empty<string>() : [MatchKinds.NearVerbatim], .. ngrams.Select(RuleOf)];

    /// <summary>Holds one field of an item against the corpus.</summary>
    public CheckedField Check(string name, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        NormalizedText normalized = index.Normalizer.NormalizeWithMap(text);
        MatchResult result = _matcher.Match(normalized, options, cancellationToken);
        List<TextSpan> words = [];
        foreach (TextSpan word in WordBreaker.EnumerateWords(normalized.Bytes.Span))
            words.Add(word);
        IReadOnlyList<TextSpan> maximal = ngrams.Count == 0 ? [] : _matcher.FindMaximalSpans(normalized.Bytes.Span, cancellationToken);
        return new CheckedField(
            name,
            result.Bytes,
            result.Words,
            IsLongEnough(normalized),
            result.IsComplete,
            result.Coverage,
            result.LongestWords,
            result.LongestCharacters,
            [.. ngrams.Select(n => _counter.Count(words, maximal, result.IsComplete, n))],
            [.. result.Matches.Select(FindingMatch.Of)]);
    }

    /// <summary>Puts the fields of an item together: found if one field is, absent if all are.</summary>
    public CheckedItem Judge(string file, long line, string id, IReadOnlyList<CheckedField> fields)
    {
        var verdicts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string rule in Rules)
        {
            string[] each = [.. fields.Select(field => VerdictOf(rule, field))];
            verdicts[rule] = each.Contains(ItemVerdicts.Found, StringComparer.Ordinal) ? ItemVerdicts.Found
                : each.Length == 0 || each.Contains(ItemVerdicts.Undecided, StringComparer.Ordinal) ? ItemVerdicts.Undecided
                : each[0];
        }

        return new CheckedItem(file, line, id, verdicts, fields);
    }

    private static string RuleOf(int n) => string.Create(CultureInfo.InvariantCulture, $"ngram-{n}");

    private static string VerdictOf(string rule, CheckedField field)
    {
        if (field.Matches.Any(match => string.Equals(match.Kind, rule, StringComparison.Ordinal)))
            return ItemVerdicts.Found;
        if (rule is MatchKinds.Verbatim or MatchKinds.NearVerbatim)
        {
            return !field.IsDecidable || !field.IsComplete ? ItemVerdicts.Undecided
                : rule == MatchKinds.Verbatim ? ItemVerdicts.Absent : ItemVerdicts.NotFound;
        }

        NgramOverlap overlap = field.Ngrams.Single(overlap => RuleOf(overlap.N) == rule);
        return overlap.Found > 0 ? ItemVerdicts.Found
            : overlap.Total == 0 || overlap.Undecided > 0 ? ItemVerdicts.Undecided
            : ItemVerdicts.Absent;
    }

    // A text shorter than the shortest match can hold none, and that says nothing of whether the text stands in the corpus.
    private bool IsLongEnough(NormalizedText text)
    {
        var whole = new TextSpan(0, text.Bytes.Length);
        return whole.Length >= index.Manifest.Guarantee && options.MinimumLength switch
        {
            null => true,
            { Unit: LengthUnit.Words } least => text.CountWords(whole) >= least.Value,
            { } least => text.CountCharacters(whole) >= least.Value,
        };
    }
}
