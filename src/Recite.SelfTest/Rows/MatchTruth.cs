using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;

namespace Recite.SelfTest.Rows;

/// <summary>Counts near-verbatim matches whose edits and borders the oracle confirms or denies. Safe for several threads.</summary>
internal sealed class MatchTruth(IEnumerable<Document> documents)
{
    private readonly Dictionary<string, Document> _documents = documents.ToDictionary(document => document.Id, StringComparer.Ordinal);
    private int _checked;
    private int _wrong;

    /// <summary>Matches that the oracle could read.</summary>
    public int Checked => _checked;

    /// <summary>Those that say something untrue.</summary>
    public int Wrong => _wrong;

    /// <summary>Checks the near-verbatim ones.</summary>
    public void Check(PlantedPassage passage, IEnumerable<ReportedMatch> matches)
    {
        foreach (ReportedMatch match in matches.Where(match => match.Kind == MatchKind.NearVerbatim))
        {
            if (passage.IsTrue(match, id => _documents[id]) is not { } isTrue)
                continue;
            Interlocked.Increment(ref _checked);
            if (!isTrue)
                Interlocked.Increment(ref _wrong);
        }
    }
}
