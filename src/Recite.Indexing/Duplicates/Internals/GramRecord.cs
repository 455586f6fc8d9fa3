using System.Runtime.InteropServices;

namespace Recite.Indexing.Duplicates.Internals;

/// <summary>A gram of a text.</summary>
/// <param name="Hash">Hash of the gram.</param>
/// <param name="Text">The text.</param>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
internal readonly record struct GramRecord(ulong Hash, int Text);

/// <summary>A gram that a text shares with others.</summary>
/// <param name="List">Where the list of all texts that have it begins.</param>
/// <param name="Rank">Rank of the text.</param>
/// <param name="Frequency">How many texts have the gram.</param>
internal readonly record struct SharedGram(long List, int Rank, int Frequency)
{
    /// <summary>By text, then the rarest gram first.</summary>
    public static int Compare(SharedGram a, SharedGram b) =>
        a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : a.Frequency != b.Frequency ? a.Frequency.CompareTo(b.Frequency) : a.List.CompareTo(b.List);
}
