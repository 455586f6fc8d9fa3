using Recite.Indexing.Corpora;
using Recite.Indexing.Segments.Documents;

namespace Recite.Indexing.Tests.Life;

public sealed class KeyFilterTest
{
    [Fact]
    public void Never_denies_a_key_that_was_added_and_denies_most_others()
    {
        const int Keys = 20_000;
        var filter = new KeyFilter(Keys * 2);
        for (int i = 0; i < Keys; i++)
            filter.Add(Key(i));
        Assert.All(Enumerable.Range(0, Keys), i => Assert.True(filter.MayContain(Key(i))));

        // Sixteen bits for a key and four places: less than one in twenty by a wide margin.
        Assert.InRange(Enumerable.Range(Keys, Keys).Count(i => filter.MayContain(Key(i))), 0, Keys / 20);
    }

    [Fact]
    public void A_filter_without_room_lets_everything_pass_that_it_holds()
    {
        var filter = new KeyFilter(0);
        filter.Add(Key(1));
        Assert.True(filter.MayContain(Key(1)));
    }

    private static UInt128 Key(int i) => TextKey.Of(BitConverter.GetBytes(i));
}
