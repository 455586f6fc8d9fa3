using Recite.Indexing.Text;

namespace Recite.Indexing.Matching;

/// <summary>How much of a text lies inside matches.</summary>
internal static class SpanCoverage
{
    /// <summary>Share of the text's words inside the union of the matches; matches are ordered by start.</summary>
    public static double OfWords(NormalizedText text, IReadOnlyList<ReportedMatch> matches)
    {
        int words = text.CountWords(new TextSpan(0, text.Bytes.Length));
        if (words == 0)
            return 0;

        int covered = 0;
        int reached = 0;
        foreach (ReportedMatch match in matches)
        {
            var rest = new TextSpan(Math.Max(reached, match.Normalized.Start), match.Normalized.End);
            if (rest.Start >= rest.End)
                continue;
            covered += text.CountWords(rest);
            reached = rest.End;
        }

        return (double)covered / words;
    }
}
