using Recite.Cli.Terminal;
using Recite.Contamination;
using Recite.Evidence;

namespace Recite.Cli.Commands;

/// <summary>Items that stand in the corpus, and how many do, as a person reads them.</summary>
internal static class PerItemPrinter
{
    private const int RuleColumns = 14;
    private const int CountColumns = 11;

    /// <summary>Writes an item by any rule found: for each field what of it stands there, and the first place.</summary>
    public static void Write(TextWriter writer, CheckedItem item)
    {
        writer.WriteLine($"{TerminalText.Of(item.Id)} ({TerminalText.Of(item.File)} line {item.Line})");
        foreach (CheckedField field in item.Fields)
        {
            string ngrams = string.Concat(field.Ngrams.Where(overlap => overlap.Found > 0)
                .Select(overlap => $", {overlap.Found} of {Wording.Count(overlap.Total, "word " + overlap.N + "-gram")}"));
            if (field.Matches.Count == 0 && ngrams.Length == 0)
                continue;
            writer.WriteLine(
                $"  {TerminalText.Of(field.Name)}: {Wording.Percent(field.Coverage)} of {Wording.Count(field.Words, "word")} in {Wording.Count(field.Matches.Count, "match", "matches")}, longest {Wording.Count(field.LongestWords, "word")} verbatim{ngrams}");
            foreach (FindingMatch match in field.Matches)
            {
                string near = match.Kind == MatchKinds.NearVerbatim ? $" near-verbatim, {Wording.Count(match.Edits, "word edit")}," : "";
                string source = match.Sources is [var first, ..] ? $" in {TerminalText.Of(first.Document)}, bytes {first.Start}-{first.End}" : "";
                string more = match.Occurrences > 1 ? $" and {Wording.Count(match.Occurrences - 1, "other place")}" : "";
                writer.WriteLine($"    bytes {match.Start}-{match.End}:{near} {Wording.Count(match.Words, "word")}{source}{more}");
            }
        }
    }

    /// <summary>Writes how many items each rule found.</summary>
    public static void WriteSummary(TextWriter writer, IReadOnlyList<RuleSummary> summary, int guarantee)
    {
        writer.WriteLine($"{"rule".PadRight(RuleColumns)}{"found".PadLeft(CountColumns)}{"not found".PadLeft(CountColumns)}{"undecided".PadLeft(CountColumns)}{"items".PadLeft(CountColumns)}");
        foreach (RuleSummary rule in summary)
        {
            writer.WriteLine(
                $"{rule.Rule.PadRight(RuleColumns)}{Count(rule.Found)}{Count(rule.Absent)}{Count(rule.Undecided)}{Count(rule.Items)}");
        }

        if (summary.Any(rule => rule.Undecided > 0))
        {
            writer.WriteLine(
                $"undecided: texts and n-grams shorter than the index's guarantee of {guarantee} normalized bytes may stand in the corpus unseen; an index built with a smaller --guarantee decides more of them");
        }
    }

    private static string Count(int count) => Wording.Count(count).PadLeft(CountColumns);
}
