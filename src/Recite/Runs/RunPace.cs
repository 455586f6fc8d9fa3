using Recite.Indexing;

namespace Recite.Runs;

/// <summary>How fast an earlier run of the same target went, scoring included: the only honest ground for saying how long the next one takes.</summary>
/// <param name="RunId">That run.</param>
/// <param name="SecondsPerAttempt">Seconds of asking and scoring for each attempt.</param>
public sealed record RunPace(string RunId, double SecondsPerAttempt)
{
    // Fewer attempts are mostly the time that loading and greeting take.
    private const int FewestAttempts = 10;

    /// <summary>The pace of the newest finished run of a target; <see langword="null"/> where there is none.</summary>
    public static RunPace? Find(RunStore runs, string target)
    {
        RunListing? newest = runs.List().LastOrDefault(run =>
            run is { Finished: not null, Header: { } header, Done: >= FewestAttempts } && string.Equals(header.Target, target, StringComparison.Ordinal));
        if (newest is null)
            return null;
        try
        {
            using RunFile run = runs.Open(newest.Id, write: false);
            return new RunPace(newest.Id, run.Seconds / newest.Done);
        }
        catch (ReciteException)
        {
            // Removed or damaged since it was listed: then there is nothing to go by.
            return null;
        }
    }
}
