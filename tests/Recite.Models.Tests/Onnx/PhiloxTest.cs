using Recite.Models.Onnx;

namespace Recite.Models.Tests.Onnx;

public sealed class PhiloxTest
{
    [Fact]
    public void Gives_the_known_answers_of_its_authors()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Generate((0, 0, 0, 0), (0, 0)));
        const uint F = uint.MaxValue;
        Assert.Equal((0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu), Philox.Generate((F, F, F, F), (F, F)));
        Assert.Equal(
            (0xd16cfe09u, 0x94fdcceb, 0x5001e420u, 0x24126ea1u),
            Philox.Generate((0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344), (0xa4093822, 0x299f31d0)));
    }

    [Fact]
    public void Numbers_are_uniform_over_steps_and_over_neighbouring_seeds()
    {
        foreach (Func<int, double> draw in (Func<int, double>[])[i => Philox.Uniform(7, (ulong)i), i => Philox.Uniform((ulong)i, 0)])
        {
            double[] numbers = [.. Enumerable.Range(0, 20_000).Select(draw)];
            Assert.All(numbers, number => Assert.InRange(number, 0, 1 - 1e-16));
            int[] counts = [.. numbers.GroupBy(number => (int)(100 * number)).OrderBy(group => group.Key).Select(group => group.Count())];
            Assert.True(ChiSquare.IsPlausible([.. counts.Select(count => (double)count)], [.. counts.Select(_ => 200.0)]));
        }
    }
}
