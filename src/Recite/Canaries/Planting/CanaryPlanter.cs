using System.Buffers;
using Recite.Indexing;
using Recite.Probes;

namespace Recite.Canaries.Planting;

/// <summary>
/// Makes a copy of a dataset with the planted canaries in it, and never a decoy. Two passes in bounded memory: the first counts the places
/// and refuses a dataset that holds a canary already, the second copies. Every place is equally likely, the same random seed gives the same
/// copy, and the copy appears under its name only when it is whole.
/// </summary>
public static class CanaryPlanter
{
    private const int MostCopies = 10_000_000;

    /// <summary>Plants.</summary>
    /// <param name="escrow">The list; each planted canary gets as many copies as it says.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left behind then.</param>
    /// <exception cref="ReciteException">The list is planted already, or the dataset cannot be planted into.</exception>
    public static PlantingResult Plant(CanaryEscrow escrow, PlantingOptions options, CancellationToken cancellationToken)
    {
        CheckPaths(options);
        if (escrow.Entries.Any(e => e.Copies.Count > 0))
            throw new ReciteException("This canary list was planted already: it says where its copies are. Plant the list as 'recite canary create' wrote it.");
        long copies = escrow.Entries.Where(e => e.IsPlanted).Sum(e => (long)e.Duplicates);
        if (copies is 0 or > MostCopies)
            throw new ReciteException(FormattableString.Invariant($"The list asks for {copies} copies; at least one and at most {MostCopies} can be planted."));

        IReadOnlyList<DatasetFile> files = DatasetFiles.List(options.Input);
        var known = SearchValues.Create([.. escrow.Entries.Select(e => e.Text)], StringComparison.Ordinal);
        IPlantable?[] plantable = [.. files.Select(file => Open(file, options, known))];
        long[] slots = [.. plantable.Select(p => p?.CountSlots(cancellationToken) ?? 0)];
        if (slots.Sum() == 0)
            throw new ReciteException($"The dataset '{options.Input}' holds no document to plant into or beside.");

        var places = new PlantingPlaces(escrow.Entries);
        Queue<PlannedCopy>[] plan = Draw(escrow.Entries, slots, options.Seed);
        string partial = options.Output + ".partial";
        try
        {
            for (int i = 0; i < files.Count; i++)
            {
                string path = File.Exists(options.Input) ? partial : Path.Combine(partial, files[i].Name);
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                Write(files[i], plantable[i], path, plan[i], places, SeededRandom.For(options.Seed, "plant " + files[i].Name), cancellationToken);
            }

            if (File.Exists(partial))
                File.Move(partial, options.Output);
            else
                Directory.Move(partial, options.Output);
        }
        finally
        {
            Remove(partial);
        }

        return new PlantingResult(escrow with { Entries = places.Finish() }, (int)copies, files.Count);
    }

    private static IPlantable? Open(DatasetFile file, PlantingOptions options, SearchValues<string> known) => file.Kind switch
    {
        DatasetFileKind.JsonLines => new JsonLinesFile(file, options, known),
        DatasetFileKind.Text when options.IntoDocuments || File.Exists(options.Input) => new TextFile(file, known),
        DatasetFileKind.Text => new TextNeighbour(file, known),
        _ => null,
    };

    private static void Write(DatasetFile file, IPlantable? plantable, string path, Queue<PlannedCopy> copies, PlantingPlaces places, SeededRandom random, CancellationToken cancellationToken)
    {
        if (plantable is null)
        {
            File.Copy(file.Path, path);
            return;
        }

        using var writer = new PlacedWriter(path);
        plantable.Write(writer, copies, places, random, cancellationToken);
    }

    // Which place each copy gets: drawn over all files together, so that a file is hit in proportion to its places.
    private static Queue<PlannedCopy>[] Draw(IReadOnlyList<CanaryEntry> entries, long[] slots, ulong seed)
    {
        var random = SeededRandom.For(seed, "places");
        long total = slots.Sum();
        var drawn = new List<PlannedCopy>();
        for (int i = 0; i < entries.Count; i++)
        {
            for (int copy = 0; entries[i].IsPlanted && copy < entries[i].Duplicates; copy++)
                drawn.Add(new PlannedCopy(random.Below(total), i));
        }

        Queue<PlannedCopy>[] plan = [.. slots.Select(_ => new Queue<PlannedCopy>())];
        int file = 0;
        long before = 0;
        foreach (PlannedCopy copy in drawn.OrderBy(c => c.Slot))
        {
            while (copy.Slot >= before + slots[file])
                before += slots[file++];
            plan[file].Enqueue(copy with { Slot = copy.Slot - before });
        }

        return plan;
    }

    private static void CheckPaths(PlantingOptions options)
    {
        string input = Path.GetFullPath(options.Input), output = Path.GetFullPath(options.Output);
        if (Path.Exists(output))
            throw new ReciteException($"'{options.Output}' exists already; name a new place for the copy of the dataset.");
        if (Path.Exists(output + ".partial"))
            throw new ReciteException($"'{options.Output}.partial' is left of a planting that was killed; remove it and plant again.");
        if (output.StartsWith(input.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ReciteException($"'{options.Output}' lies inside the dataset '{options.Input}'; name a place outside of it.");
    }

    private static void Remove(string partial)
    {
        if (File.Exists(partial))
            File.Delete(partial);
        else if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
    }
}
