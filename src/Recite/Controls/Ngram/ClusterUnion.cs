namespace Recite.Controls.Ngram;

/// <summary>Which documents belong together, directly or over others (union-find); of a document that was never named it knows nothing.</summary>
internal sealed class ClusterUnion
{
    private readonly Dictionary<long, long> _parents = [];

    /// <summary>Puts two documents together.</summary>
    public void Join(long first, long second)
    {
        long a = RootOf(first), b = RootOf(second);
        // The smallest number stands for its cluster, so that the result does not depend on the order of joining.
        _parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    /// <summary>The document that stands for the cluster: the smallest number in it.</summary>
    public long RootOf(long document)
    {
        long root = document;
        while (_parents.TryGetValue(root, out long parent) && parent != root)
            root = parent;
        for (long at = document; at != root;)
        {
            long next = _parents.GetValueOrDefault(at, root);
            _parents[at] = root;
            at = next;
        }

        return root;
    }
}
