using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Near;

/// <summary>A near-verbatim span of the input with the places where it stands.</summary>
/// <param name="Input">Bytes of the normalized input.</param>
/// <param name="Edits">The fewest edits among its places.</param>
/// <param name="Places">The places, in document order.</param>
internal sealed record NearGroup(TextSpan Input, int Edits, IReadOnlyList<NearPlace> Places);

/// <summary>
/// Brings candidates together: equal spans are one, a span inside another is dropped where it stands nowhere that the longer one
/// does not, and what is left also counts the places of the longer ones in which it stands within the tolerance.
/// </summary>
internal sealed class NearReduction(NearTolerance tolerance, StepBudget budget)
{
    public IReadOnlyList<NearGroup> Reduce(IReadOnlyList<NearCandidate> candidates)
    {
        List<NearCandidate> kept = DropRepeated(candidates);
        NearCandidate[][] groups = [.. kept.GroupBy(candidate => candidate.Input).OrderByDescending(group => group.Key.Length)
            .ThenBy(group => group.Key.Start).Select(group => group.ToArray())];
        var result = new List<NearGroup>(groups.Length);
        for (int i = 0; i < groups.Length; i++)
        {
            NearCandidate first = groups[i][0];
            HashSet<NearPlace> places = [.. groups[i].Select(candidate => candidate.Place)];
            for (int longer = 0; longer < i; longer++)
            {
                if (!budget.TryStep())
                    break;
                if (groups[longer][0].Input.Contains(first.Input))
                    AddPlacesInside(groups[longer], first, places);
            }

            NearPlace[] inOrder = [.. places.OrderBy(place => place.Segment).ThenBy(place => place.Start).ThenBy(place => place.End)];
            result.Add(new NearGroup(first.Input, inOrder.Min(place => place.Edits), inOrder));
        }

        return [.. result.OrderBy(group => group.Input.Start).ThenByDescending(group => group.Input.End)];
    }

    private List<NearCandidate> DropRepeated(IReadOnlyList<NearCandidate> candidates)
    {
        var kept = new List<NearCandidate>();
        var placesOf = new Dictionary<long, List<NearCandidate>>();
        foreach (NearCandidate candidate in candidates.OrderByDescending(c => c.Input.Length).ThenBy(c => c.Place.Edits).ThenBy(c => c.Place.Segment).ThenBy(c => c.Place.Start).ThenBy(c => c.Place.End))
        {
            long[] cells = [.. CellsOf(candidate.Place)];
            if (!budget.TryTake(cells.Sum(cell => placesOf.TryGetValue(cell, out List<NearCandidate>? there) ? there.Count : 1)))
                break;
            if (cells.Any(cell => placesOf.TryGetValue(cell, out List<NearCandidate>? there)
                && there.Exists(longer => longer.Input.Contains(candidate.Input) && longer.Place.Contains(candidate.Place))))
            {
                continue;
            }

            kept.Add(candidate);
            foreach (long cell in cells)
            {
                if (!placesOf.TryGetValue(cell, out List<NearCandidate>? there))
                    placesOf.Add(cell, there = []);
                there.Add(candidate);
            }
        }

        return kept;
    }

    // Places are compared with those of the same neighbourhood alone, or many copies would make this quadratic.
    private static IEnumerable<long> CellsOf(NearPlace place)
    {
        const int CellBits = 12;
        for (long cell = place.Start >> CellBits; cell <= place.End >> CellBits; cell++)
            yield return ((long)place.Segment << 48) | cell;
    }

    private void AddPlacesInside(NearCandidate[] longer, NearCandidate part, HashSet<NearPlace> places)
    {
        foreach (NearCandidate candidate in longer)
        {
            if (!budget.TryTake(places.Count))
                return;
            if (PlaceOf(candidate, part) is { } place && place.Edits <= tolerance.EditsIn(part.Words)
                && !places.Any(known => known.Contains(place) || place.Contains(known)))
            {
                places.Add(place);
            }
        }
    }

    /// <summary>Where a part of an aligned span stands, if its first and its last word are among the equal ones.</summary>
    private static NearPlace? PlaceOf(NearCandidate candidate, NearCandidate part)
    {
        int first = IndexOf(candidate.Stretches, part.Input.Start), last = IndexOf(candidate.Stretches, part.Input.End - 1);
        if (first < 0 || last < 0)
            return null;
        EqualStretch from = candidate.Stretches[first], to = candidate.Stretches[last];
        int skipped = part.FirstWord - candidate.FirstWord;
        int firstWord = skipped - from.InputWord + from.DocumentWord;
        int lastWord = skipped + part.Words - 1 - to.InputWord + to.DocumentWord;
        return new NearPlace(
            candidate.Place.Segment, part.Input.Start + from.Diagonal, part.Input.End + to.Diagonal, lastWord - firstWord + 1, to.EditsBefore - from.EditsBefore);
    }

    private static int IndexOf(IReadOnlyList<EqualStretch> stretches, int position)
    {
        int low = 0, high = stretches.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            TextSpan input = stretches[middle].Input;
            if (input.Contains(position))
                return middle;
            if (position < input.Start)
                high = middle - 1;
            else
                low = middle + 1;
        }

        return -1;
    }
}
