using Recite.Indexing.Duplicates.Internals;

namespace Recite.Indexing.Duplicates;

/// <summary>
/// The grams that a text shares with others, for one text after the other in order of rank, with the list of all texts that have each. Grams
/// that stand in one text alone are not here.
/// </summary>
internal sealed class SharedGramFiles : IDisposable
{
    private readonly SpillFiles<SharedGram> _files;
    private readonly int[] _firstRanks;

    /// <summary>Makes room for the texts.</summary>
    /// <param name="folder">Where the files go.</param>
    /// <param name="files">How many files.</param>
    /// <param name="gramCounts">Grams of the text of each rank.</param>
    public SharedGramFiles(string folder, int files, IReadOnlyList<int> gramCounts)
    {
        _files = new SpillFiles<SharedGram>(folder, "shared", files);
        Lists = new MappedLists(Path.Combine(folder, "lists"));
        _firstRanks = new int[files];
        long each = (gramCounts.Sum(count => (long)count) / files) + 1, grams = 0;
        for (int rank = 0, file = 1; rank < gramCounts.Count && file < files; rank++)
        {
            if ((grams += gramCounts[rank]) < each * file)
                continue;
            while (file < files && grams >= each * file)
                _firstRanks[file++] = rank + 1;
        }
    }

    /// <summary>For each shared gram the ranks of its texts, ascending.</summary>
    public MappedLists Lists { get; }

    /// <summary>Takes a gram of several texts, whose ranks are ascending.</summary>
    public void Add(ReadOnlySpan<int> ranks)
    {
        long list = Lists.Add(ranks);
        foreach (int rank in ranks)
            _files.Add(FileOf(rank), new SharedGram(list, rank, ranks.Length));
    }

    /// <summary>The texts that share any gram, by rank, each with its shared grams, the rarest first.</summary>
    public IEnumerable<ArraySegment<SharedGram>> Read()
    {
        Lists.Seal();
        for (int file = 0; file < _files.Count; file++)
        {
            SharedGram[] grams = _files.Take(file);
            Array.Sort(grams, SharedGram.Compare);
            for (int first = 0; first < grams.Length;)
            {
                int end = first + 1;
                while (end < grams.Length && grams[end].Rank == grams[first].Rank)
                    end++;
                yield return new ArraySegment<SharedGram>(grams, first, end - first);
                first = end;
            }
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        Lists.Dispose();
    }

    // Files without a rank of their own have the number of ranks, or of their successor, as first one.
    private int FileOf(int rank)
    {
        int low = 0, high = _firstRanks.Length;
        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            if (_firstRanks[middle] <= rank)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
