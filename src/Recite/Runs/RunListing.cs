namespace Recite.Runs;

/// <summary>One line of <c>recite runs ls</c>.</summary>
/// <param name="Id">The run.</param>
/// <param name="Header">What it says of itself; <see langword="null"/> where the file cannot be read.</param>
/// <param name="Finished">When it finished; <see langword="null"/> while it can be resumed.</param>
/// <param name="Planned">Attempts of the plan.</param>
/// <param name="Done">Attempts with a result, errors included.</param>
/// <param name="Errors">Attempts whose result is an error.</param>
/// <param name="Problem">Why the file cannot be read, in one sentence.</param>
public sealed record RunListing(string Id, RunHeader? Header, DateTimeOffset? Finished, int Planned, int Done, int Errors, string? Problem)
{
    /// <summary>Scoring passes with a result, errors included.</summary>
    public int Scored { get; init; }
}
