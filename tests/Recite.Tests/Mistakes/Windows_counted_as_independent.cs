using Recite.Metrics.Statistics;

namespace Recite.Tests.Mistakes;

/// <summary>Windows of one document come back together or not at all: counted as independent trials they promise far too much.</summary>
public sealed class Windows_counted_as_independent
{
    [Fact]
    public void Fifty_windows_of_each_of_ten_documents_are_worth_ten_trials_and_not_five_hundred()
    {
        ClusterCount[] documents = [.. Enumerable.Range(0, 10).Select(i => new ClusterCount(i < 2 ? 50 : 0, 50))];
        Interval mistaken = ClopperPearson.TwoSided(100, 500, 0.95);
        Interval clustered = KornGraubard.TwoSided(documents, 0.95);
        Assert.InRange(KornGraubard.EffectiveTrials(documents, 0.95), 5, 10);
        Assert.True(clustered.High - clustered.Low > 5 * (mistaken.High - mistaken.Low));
    }
}
