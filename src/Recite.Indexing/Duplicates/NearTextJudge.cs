using System.Runtime.InteropServices;
using Recite.Indexing.Duplicates.Internals;

namespace Recite.Indexing.Duplicates;

/// <summary>Decides for one text after the other, by rank, whether a text of a smaller rank that stays makes it superfluous.</summary>
internal sealed class NearTextJudge(MappedLists lists, IReadOnlyList<int> gramCounts, NearDuplicateOptions options)
{
    // What was not dropped stays: also a text that shares nothing and is therefore never judged.
    private readonly bool[] _dropped = new bool[gramCounts.Count];
    private readonly Dictionary<int, int> _shared = [];
    private readonly List<int> _candidates = [];

    /// <summary>The rank of the text that has most grams of this one, and how many; null where none has enough.</summary>
    /// <param name="grams">The grams that the text shares with any other, the rarest first.</param>
    public (int Rank, int Shared)? Judge(ReadOnlySpan<SharedGram> grams)
    {
        int rank = grams[0].Rank;
        int all = gramCounts[rank];
        int needed = options.Needed(all);

        // The grams that no other text has come first: they are the rarest of all.
        int lookedUp = Math.Max(0, all - needed + 1 - (all - grams.Length));
        CountCandidates(grams[..lookedUp], rank);
        CountTheRest(grams[lookedUp..], needed);

        (int Rank, int Shared)? best = null;
        foreach (int candidate in _candidates)
        {
            int shared = _shared[candidate];
            if (shared >= needed && (best is null || shared > best.Value.Shared || (shared == best.Value.Shared && candidate < best.Value.Rank)))
                best = (candidate, shared);
        }

        _dropped[rank] = best is not null;
        return best;
    }

    private void CountCandidates(ReadOnlySpan<SharedGram> grams, int rank)
    {
        _shared.Clear();
        foreach (SharedGram gram in grams)
        {
            foreach (int other in lists[gram.List, gram.Frequency])
            {
                if (other >= rank)
                    break;
                if (!_dropped[other])
                    CollectionsMarshal.GetValueRefOrAddDefault(_shared, other, out _)++;
            }
        }

        _candidates.Clear();
        _candidates.AddRange(_shared.Keys);
    }

    private void CountTheRest(ReadOnlySpan<SharedGram> grams, int needed)
    {
        for (int i = 0; i < grams.Length && _candidates.Count > 0; i++)
        {
            ReadOnlySpan<int> list = lists[grams[i].List, grams[i].Frequency];
            int left = grams.Length - i;
            int kept = 0;
            for (int j = 0; j < _candidates.Count; j++)
            {
                int candidate = _candidates[j];
                ref int shared = ref CollectionsMarshal.GetValueRefOrNullRef(_shared, candidate);
                if (shared + left < needed)
                    continue;
                if (list.BinarySearch(candidate) >= 0)
                    shared++;
                _candidates[kept++] = candidate;
            }

            _candidates.RemoveRange(kept, _candidates.Count - kept);
        }
    }
}
