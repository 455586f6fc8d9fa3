using System.Buffers;
using Recite.Indexing;
using Recite.Probes;

namespace Recite.Canaries.Planting;

/// <summary>A file that canaries can be planted into.</summary>
internal interface IPlantable
{
    /// <summary>Reads the whole file, refuses one that holds a canary, and counts the places where a copy can go.</summary>
    long CountSlots(CancellationToken cancellationToken);

    /// <summary>Copies the file with the canaries in their places.</summary>
    /// <param name="writer">The copy.</param>
    /// <param name="copies">What goes into this file, slots ascending; empty afterwards.</param>
    /// <param name="places">Where it is written down.</param>
    /// <param name="random">Decides what a slot leaves open.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    void Write(PlacedWriter writer, Queue<PlannedCopy> copies, PlantingPlaces places, SeededRandom random, CancellationToken cancellationToken);
}

/// <summary>A copy before it is written.</summary>
/// <param name="Slot">The place, counted within its file.</param>
/// <param name="Entry">Position of the canary in its list.</param>
internal readonly record struct PlannedCopy(long Slot, int Entry);

/// <summary>Collects where copies went.</summary>
internal sealed class PlantingPlaces(IReadOnlyList<CanaryEntry> entries)
{
    private readonly Dictionary<int, List<CanaryCopy>> _copies = [];

    /// <summary>A neutral name for a document of its own: nothing in it says canary.</summary>
    public static string NewName(SeededRandom random) => random.Next().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    public string TextOf(int entry) => entries[entry].Text;

    public void Add(int entry, CanaryCopy copy)
    {
        if (!_copies.TryGetValue(entry, out List<CanaryCopy>? copies))
            _copies.Add(entry, copies = []);
        copies.Add(copy);
    }

    /// <summary>The entries with their copies; the number of duplicates is what was written.</summary>
    public IReadOnlyList<CanaryEntry> Finish() =>
        [.. entries.Select((entry, i) => _copies.TryGetValue(i, out List<CanaryCopy>? copies) ? entry with { Copies = copies, Duplicates = copies.Count } : entry)];
}

/// <summary>Refuses a dataset that holds a canary or a decoy already.</summary>
internal static class PlantedCheck
{
    public static void Refuse(string text, SearchValues<string> known, string where)
    {
        if (text.AsSpan().ContainsAny(known))
            throw new ReciteException($"{where}: this dataset holds a text of this canary list already; plant into the dataset as it was before.");
    }
}
