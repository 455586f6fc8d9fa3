namespace Recite.Ingest.Inputs;

/// <summary>How far a path has come through a pattern: bit i is set when segment i is the next one to match.</summary>
internal readonly record struct GlobStates(ulong Bits)
{
    /// <summary>Whether a longer path could still match.</summary>
    public bool CanGoOn => Bits != 0;
}
