using Recite.Probes;

namespace Recite.Controls.Ngram;

/// <summary>Which fold each cluster of documents is in: as many as ten, as equal in size as the clusters allow, ties in seeded order.</summary>
internal sealed class FoldPlan
{
    /// <summary>Most folds.</summary>
    public const int MostFolds = 10;

    /// <summary>Least share of the counted text that a model without a fold must have seen; with less it would be no model of the corpus.</summary>
    public const double LeastShareElsewhere = 0.25;

    private readonly Dictionary<long, int> _foldOfCluster = [];
    private readonly long[] _sizes;

    /// <param name="sizes">Size of each cluster by the document that stands for it.</param>
    /// <param name="seed">Random seed of the order in which clusters of one size are dealt out.</param>
    public FoldPlan(IReadOnlyDictionary<long, long> sizes, ulong seed)
    {
        List<long> clusters = [.. sizes.Keys.Order()];
        SeededRandom.For(seed, "n-gram folds").Shuffle(clusters);
        _sizes = new long[Math.Clamp(clusters.Count, 1, MostFolds)];
        foreach (long cluster in clusters.OrderByDescending(c => sizes[c]))
        {
            int fold = Array.IndexOf(_sizes, _sizes.Min());
            _foldOfCluster[cluster] = fold;
            _sizes[fold] += sizes[cluster];
        }
    }

    /// <summary>Number of folds; below 2 nothing can be left out.</summary>
    public int Count => _sizes.Length;

    /// <summary>The fold of a cluster; <see cref="NgramModel.NoFold"/> where nothing of it was counted.</summary>
    public int FoldOf(long cluster) => _foldOfCluster.GetValueOrDefault(cluster, NgramModel.NoFold);

    /// <summary>Whether enough text was counted in the other folds.</summary>
    public bool HasEnoughElsewhere(int fold) =>
        fold == NgramModel.NoFold || (_sizes.Length > 1 && _sizes.Sum() - _sizes[fold] >= LeastShareElsewhere * _sizes.Sum());
}
