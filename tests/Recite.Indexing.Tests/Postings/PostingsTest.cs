using CsCheck;
using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests.Postings;

public sealed class PostingsTest
{
    [Fact]
    public void Radix_sort_orders_by_the_upper_half_and_keeps_the_order_of_equals() =>
        Gen.Select(Gen.UInt[0, 50], Gen.UInt).Array[0, 500].Sample(pairs =>
        {
            ulong[] records = [.. pairs.Select((pair, i) => ((ulong)(pair.Item1 * 77_777_777u) << 32) | (uint)i)];
            ulong[] expected = [.. records.OrderBy(record => record >> 32).ThenBy(record => (uint)record)];
            RadixSort.SortByUpperHalf(records, new ulong[records.Length]);
            Assert.Equal(expected, records);
        });

    [Fact]
    public void Every_posting_is_found_again_and_equal_hashes_come_in_order_of_slots() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 3]).Array[1, 1000].Sample(draws =>
        {
            ulong[] hashes = [.. draws.SelectMany(draw => Enumerable.Repeat(draw.Item1, draw.Item2))];
            using var folder = new TemporaryFolder();
            PostingsReader reader = Write(folder, hashes);
            for (int slot = 0; slot < hashes.Length; slot++)
            {
                (long first, long end) = reader.FindBucket(hashes[slot]);
                List<long> slots = [];
                for (long entry = first; entry < end; entry++)
                {
                    if (reader.SlotIfSame(entry, hashes[slot]) is >= 0 and long found)
                        slots.Add(found);
                }

                Assert.Contains(slot, slots);
                long[] equal = [.. slots.Where(found => hashes[found] == hashes[slot])];
                Assert.Equal(equal.Order(), equal);
            }
        }, iter: 20);

    [Fact]
    public void A_gram_hash_depends_on_every_byte()
    {
        byte[] gram = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        ulong hash = GramHash.Compute(gram);
        for (int i = 0; i < gram.Length; i++)
        {
            byte[] other = [.. gram];
            other[i] ^= 1;
            Assert.NotEqual(hash, GramHash.Compute(other));
        }
    }

    [Theory]
    [InlineData(30, 16)]
    [InlineData(47, 16)]
    [InlineData(64, 24)]
    [InlineData(128, 32)]
    [InlineData(4096, 32)]
    public void A_plan_leaves_a_whole_gram_in_every_run_of_the_guarantee(int guarantee, int gram)
    {
        SamplingPlan plan = SamplingPlan.For(guarantee);
        Assert.Equal(gram, plan.Gram);
        Assert.Equal(guarantee, plan.Gram + plan.Stride - 1);
    }

    [Theory]
    [InlineData(29)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4097)]
    public void A_guarantee_outside_the_range_is_refused(int guarantee) => Assert.Throws<ReciteException>(() => SamplingPlan.For(guarantee));

    private static PostingsReader Write(TemporaryFolder folder, ulong[] hashes)
    {
        var writer = new PostingsWriter();
        int half = hashes.Length / 2;
        writer.Add([.. hashes[..half].Select((hash, slot) => PostingsWriter.Record(hash, slot))], 0);
        writer.Add([.. hashes[half..].Select((hash, slot) => PostingsWriter.Record(hash, slot))], half);
        byte[] payload = writer.Build(hashes.Length, out PostingsLayout layout);
        using var part = new PartWriter(folder.At("p"), PartKind.Postings);
        part.Write(payload);
        ManifestPart written = part.Finish(layout.Count, layout.BucketBits, layout.SlotBits);
        part.Dispose();
        return new PostingsReader(MappedPart.Open(folder.At("p"), PartKind.Postings, written.Bytes));
    }
}
