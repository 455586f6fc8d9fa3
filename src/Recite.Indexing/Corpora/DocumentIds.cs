namespace Recite.Indexing.Corpora;

/// <summary>The ids of an index.</summary>
public static class DocumentIds
{
    /// <summary>The ids of all documents that were not removed, in document order.</summary>
    public static IEnumerable<string> Read(CorpusIndex index)
    {
        for (long number = 0; number < index.DocumentCount; number++)
            yield return index.GetDocument(number).Id;
    }

    /// <summary>The numbers of the documents with these ids, ascending. Reads the names of the whole index once.</summary>
    /// <exception cref="ReciteException">One or more of them are not the id of any document; nothing else is said by it.</exception>
    public static IReadOnlyList<long> Find(CorpusIndex index, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<string>(ids, StringComparer.Ordinal);
        var missing = new HashSet<string>(wanted, StringComparer.Ordinal);
        var found = new List<long>();
        for (long number = 0; number < index.DocumentCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string id = index.GetDocument(number).Id;
            if (!wanted.Contains(id))
                continue;
            found.Add(number);
            missing.Remove(id);
        }

        return missing.Count == 0 ? found : throw Unknown([.. missing.Order(StringComparer.Ordinal)]);
    }

    private static ReciteException Unknown(string[] missing)
    {
        const int MostNamed = 5;
        string named = string.Join(", ", missing.Take(MostNamed).Select(id => $"'{id}'"));
        string more = missing.Length > MostNamed ? $" and {missing.Length - MostNamed} more" : "";
        return new ReciteException(missing.Length == 1
            ? $"The index has no document {named}; nothing was changed. Ids are those that 'recite match --json' names as document."
            : $"The index has no documents {named}{more}; nothing was changed. Ids are those that 'recite match --json' names as document.");
    }
}
