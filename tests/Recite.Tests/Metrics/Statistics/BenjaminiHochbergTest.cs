using CsCheck;
using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

public sealed class BenjaminiHochbergTest
{
    [Fact]
    public void Is_the_worked_example_of_its_documentation() =>
        Assert.Equal([0.04, 0.04, 0.04, 0.5], BenjaminiHochberg.Adjust([0.01, 0.02, 0.03, 0.5]).Select(p => Math.Round(p, 12)));

    // The procedure as the paper states it: keep the k smallest for the largest k with p(k) <= k q / m.
    [Fact]
    public void Keeps_what_the_procedure_keeps() =>
        Gen.Select(Gen.Int[0, 1000].Array[1, 30], Gen.Int[1, 99]).Sample((thousandths, percent) =>
        {
            double[] p = [.. thousandths.Select(t => t / 1000.0)];
            double q = (percent / 100.0) + 1e-7;
            IReadOnlyList<double> adjusted = BenjaminiHochberg.Adjust(p);
            double[] sorted = [.. p.Order()];
            int kept = Enumerable.Range(1, p.Length).LastOrDefault(k => sorted[k - 1] <= k * q / p.Length);
            Assert.Equal(kept, adjusted.Count(a => a <= q));
        }, iter: 1000);

    [Fact]
    public void At_most_the_stated_share_of_what_is_kept_is_false()
    {
        var random = new NormalNumbers(SeededRandom.For(3, "hochberg"));
        double shareOfFalse = 0;
        const int Rounds = 1000;
        for (int round = 0; round < Rounds; round++)
        {
            // Eighty true nulls and twenty effects of three standard deviations.
            double[] p = [.. Enumerable.Range(0, 100).Select(i => NormalTail.Above(random.Next() + (i < 20 ? 3 : 0)))];
            IReadOnlyList<double> adjusted = BenjaminiHochberg.Adjust(p);
            int kept = adjusted.Count(a => a <= 0.1);
            shareOfFalse += kept == 0 ? 0 : (double)adjusted.Skip(20).Count(a => a <= 0.1) / kept / Rounds;
        }

        // The expected share is 0.08; without adjusting it would be about 0.3.
        Assert.InRange(shareOfFalse, 0.06, 0.1);
    }

    [Fact]
    public void Refuses_what_is_no_probability()
    {
        Assert.Empty(BenjaminiHochberg.Adjust([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Adjust([0.5, 1.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Adjust([double.NaN]));
    }
}
