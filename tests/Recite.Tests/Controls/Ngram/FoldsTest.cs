using CsCheck;
using Recite.Controls.Ngram;

namespace Recite.Tests.Controls.Ngram;

public sealed class FoldsTest
{
    [Fact]
    public void Joined_documents_are_those_that_a_search_reaches() =>
        Gen.Select(Gen.Long[0, 15], Gen.Long[0, 15]).Array[0, 25].Sample(pairs =>
        {
            var union = new ClusterUnion();
            foreach ((long a, long b) in pairs)
                union.Join(a, b);
            for (long start = 0; start < 16; start++)
            {
                HashSet<long> reached = [start];
                while (pairs.Any(p => reached.Contains(p.Item1) != reached.Contains(p.Item2)))
                {
                    foreach ((long a, long b) in pairs.Where(p => reached.Contains(p.Item1) || reached.Contains(p.Item2)))
                    {
                        reached.Add(a);
                        reached.Add(b);
                    }
                }

                Assert.Equal(reached.Min(), union.RootOf(start));
            }
        });

    [Fact]
    public void Folds_are_as_equal_as_the_clusters_allow()
    {
        var plan = new FoldPlan(Enumerable.Range(0, 1000).ToDictionary(i => (long)i, _ => 7L), 5);
        Assert.Equal(10, plan.Count);
        Assert.All(Enumerable.Range(0, 1000).GroupBy(i => plan.FoldOf(i)), fold => Assert.Equal(100, fold.Count()));
    }

    [Fact]
    public void The_random_seed_decides_which_clusters_go_together()
    {
        Dictionary<long, long> sizes = Enumerable.Range(0, 100).ToDictionary(i => (long)i, _ => 7L);
        int[] Folds(ulong seed)
        {
            var plan = new FoldPlan(sizes, seed);
            return [.. Enumerable.Range(0, 100).Select(i => plan.FoldOf(i))];
        }

        Assert.Equal(Folds(1), Folds(1));
        Assert.NotEqual(Folds(1), Folds(2));
    }

    [Fact]
    public void A_cluster_of_more_than_three_quarters_leaves_too_little()
    {
        var plan = new FoldPlan(new Dictionary<long, long> { [0] = 76, [1] = 12, [2] = 12 }, 1);
        Assert.False(plan.HasEnoughElsewhere(plan.FoldOf(0)));
        Assert.True(plan.HasEnoughElsewhere(plan.FoldOf(1)));
        Assert.True(plan.HasEnoughElsewhere(NgramModel.NoFold));
        Assert.Equal(NgramModel.NoFold, plan.FoldOf(99));
    }
}
