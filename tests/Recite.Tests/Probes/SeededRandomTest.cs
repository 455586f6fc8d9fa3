using CsCheck;
using Recite.Probes;

namespace Recite.Tests.Probes;

public sealed class SeededRandomTest
{
    [Fact]
    public void Gives_the_published_numbers_of_SplitMix64()
    {
        var random = new SeededRandom(1234567);
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423], new[] { random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void Draws_different_numbers_in_order() =>
        Gen.Select(Gen.ULong, Gen.Long[1, 500], Gen.Int[0, 600]).Sample((seed, bound, count) =>
        {
            long[] drawn = new SeededRandom(seed).Draw(bound, count);
            Assert.Equal(Math.Min(bound, count), drawn.Length);
            Assert.Equal(drawn.Distinct().Order(), drawn);
            Assert.All(drawn, value => Assert.InRange(value, 0, bound - 1));
            Assert.Equal(drawn, new SeededRandom(seed).Draw(bound, count));
        });

    // Each of 10 numbers is drawn with probability 3/10; 4.9 standard deviations leave one false alarm in a million.
    [Fact]
    public void Draws_each_number_equally_often()
    {
        const int Draws = 20_000;
        int[] counts = new int[10];
        for (int seed = 0; seed < Draws; seed++)
        {
            foreach (long value in SeededRandom.For((ulong)seed, "test").Draw(10, 3))
                counts[value]++;
        }

        double deviation = Math.Sqrt(Draws * 0.3 * 0.7);
        Assert.All(counts, count => Assert.InRange(count, (0.3 * Draws) - (4.9 * deviation), (0.3 * Draws) + (4.9 * deviation)));
    }

    [Fact]
    public void Streams_for_different_purposes_differ() =>
        Assert.NotEqual(SeededRandom.For(7, "a").Next(), SeededRandom.For(7, "b").Next());
}
