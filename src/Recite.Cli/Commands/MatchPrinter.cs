using System.Text;
using Recite.Cli.Terminal;
using Recite.Evidence;
using Recite.Reports.Json;

namespace Recite.Cli.Commands;

/// <summary>The matches of an input as a person reads them.</summary>
internal static class MatchPrinter
{
    private const int ExcerptCharacters = 160;
    private const int MostSources = 3;

    /// <summary>Writes the input's matches with the beginning and the end of each.</summary>
    public static void Write(TextWriter writer, MatchInput input, ReadOnlySpan<byte> text)
    {
        string name = TerminalText.Of(input.Name);
        if (input.Matches.Count == 0)
        {
            writer.WriteLine($"{name}: nothing of its {Wording.Count(input.Words, "word")} stands in the indexed corpus at this length");
            return;
        }

        writer.WriteLine(
            $"{name}: {Wording.Count(input.Matches.Count, "match", "matches")}, {Wording.Percent(input.Coverage)} of {Wording.Count(input.Words, "word")}, longest {Wording.Count(input.Longest.Words, "word")}");
        foreach (FindingMatch match in input.Matches)
            Write(writer, match, text);
    }

    private static void Write(TextWriter writer, FindingMatch match, ReadOnlySpan<byte> text)
    {
        string more = match.OccurrencesAreExact ? "" : "at least ";
        string near = match.Kind == MatchKinds.NearVerbatim ? $"near-verbatim, {Wording.Count(match.Edits, "word edit")}, " : "";
        writer.WriteLine(
            $"  bytes {match.Start}-{match.End}: {near}{Wording.Count(match.Words, "word")}, {Wording.Count(match.Characters, "character")}, stands there {more}{Wording.Count(match.Occurrences, "time")}");
        writer.WriteLine($"    \"{TerminalText.Excerpt(Encoding.UTF8.GetString(text[match.Start..match.End]), ExcerptCharacters)}\"");
        foreach (FindingSource source in match.Sources.Take(MostSources))
        {
            string uri = string.Equals(source.Uri, source.Document, StringComparison.Ordinal) ? "" : $" ({TerminalText.Of(source.Uri)})";
            writer.WriteLine($"    in {TerminalText.Of(source.Document)}{uri}, bytes {source.Start}-{source.End}");
        }

        if (match.Sources.Count > MostSources)
            writer.WriteLine($"    and {Wording.Count(match.Occurrences - MostSources)} more");
    }
}
