using CsCheck;
using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Tests.Postings;

public sealed class PostingsTest
{
    // Hashes from a small range, so that buckets are crowded and fingerprints repeat: light and heavy lists both.
    private static readonly Gen<ulong> Hash = Gen.Select(Gen.Int[0, 3], Gen.ULong[0, 40], Gen.ULong).Select((kind, few, any) => kind == 0 ? any : (few % 7 * 0x1234_5678_9ABC_DEF1) ^ (few << 24));

    [Fact]
    public void Every_posting_is_found_again_with_any_number_of_workers_and_any_memory() =>
        Gen.Select(Gen.Select(Hash, Gen.Int[1, 90]).Array[1, 60], Gen.Int[1, 5], Gen.Int[0, 2], Gen.Bool).Sample((draws, threads, budget, scalar) =>
        {
            ulong[] hashes = [.. draws.SelectMany(draw => Enumerable.Repeat(draw.Item1, draw.Item2))];
            using var postings = SmallPostings.Write(hashes, threads, budgetBytes: budget == 0 ? 1 : 4000 * budget);
            PostingsReader reader = postings.Open(scalar);
            var hits = new GramHits();
            ulong[] asked = [.. hashes.Distinct()];
            for (int first = 0; first < asked.Length; first += GramHits.MostHashes)
            {
                ulong[] block = asked[first..Math.Min(asked.Length, first + GramHits.MostHashes)];
                reader.LookUp(block, hits);
                ILookup<int, long> found = hits.Hits.ToArray().SelectMany(hit => Slots(reader, hit)).ToLookup(pair => pair.At, pair => pair.Slot);
                for (int i = 0; i < block.Length; i++)
                {
                    long[] slots = [.. found[i].Order()];
                    Assert.Equal(slots.Distinct(), slots);
                    long[] expected = [.. Enumerable.Range(0, hashes.Length).Where(slot => hashes[slot] == block[i]).Select(slot => (long)slot)];
                    Assert.Equal(expected, slots.Where(slot => hashes[slot] == block[i]));
                    Assert.All(slots, slot => Assert.Equal(PostingsLayout.FingerprintOf(GramRecords.KeyOfHash(block[i])), PostingsLayout.FingerprintOf(GramRecords.KeyOfHash(hashes[slot]))));
                }
            }
        }, iter: 60);

    [Fact]
    public void The_bytes_do_not_depend_on_workers_or_memory() =>
        Gen.Select(Hash, Gen.Int[1, 90]).Array[1, 60].Sample(draws =>
        {
            ulong[] hashes = [.. draws.SelectMany(draw => Enumerable.Repeat(draw.Item1, draw.Item2))];
            string[] digests = [.. new[] { (1, 1L << 30), (3, 1L << 30), (2, 1L), (1, 3000L) }.Select(way =>
            {
                using var postings = SmallPostings.Write(hashes, way.Item1, way.Item2);
                return postings.Digests;
            })];
            Assert.Single(digests.Distinct());
        }, iter: 30);

    // Nobody's text does this by chance: so many entries in 256 buckets that 16 bits cannot count them.
    [Fact]
    public void A_group_of_buckets_that_overflows_sixteen_bits_gets_positions_of_its_own()
    {
        ulong[] hashes = [.. Enumerable.Range(0, 90_000).Select(i => ((ulong)(i % 9000) << 24) | 5)];
        using var postings = SmallPostings.Write(hashes, 2, 1 << 30);
        PostingsReader reader = postings.Open(scalar: false);
        var hits = new GramHits();
        foreach (int i in (int[])[0, 1, 4711, 8999])
        {
            reader.LookUp([hashes[i]], hits);
            long[] same = [.. hits.Hits.ToArray().Select(hit => hit.Slot).Where(slot => hashes[slot] == hashes[i]).Order()];
            Assert.Equal(Enumerable.Range(0, 10).Select(copy => (long)i + (copy * 9000)), same);
        }

        reader.LookUp([ulong.MaxValue], hits);
        Assert.Equal(0, hits.Count);
    }

    [Fact]
    public void Packed_values_come_back_in_any_width() =>
        Gen.Int[1, 57].SelectMany(bits => Gen.ULong[0, (1ul << bits) - 1].Array[0, 200].Select(values => (bits, values))).Sample(draw =>
        {
            var packer = new BitPacker();
            foreach (ulong value in draw.values)
                packer.Append(value, draw.bits);
            packer.Align();
            byte[] packed = [.. packer.Bytes, .. new byte[sizeof(ulong)]];
            Assert.Equal(PostingsLayout.PackedBytes(draw.values.Length, draw.bits), packed.Length);
            Assert.Equal(draw.values, Unpack(packed, draw.values.Length, draw.bits));
        });

    [Fact]
    public void Sampled_records_are_those_of_a_plain_walk() =>
        Gen.Select(Gen.Byte[0, 3].Array[0, 900], Gen.Int[30, 130]).Sample((text, guarantee) =>
        {
            byte[] normalized = [.. text.Select(value => value == 3 ? SegmentPlan.Gap : (byte)('a' + value))];
            SamplingPlan plan = SamplingPlan.For(guarantee);
            var records = new GramRecords();
            records.Sample(normalized, plan);
            var expected = new List<(int, uint, uint)>();
            for (int at = 0; at + plan.Gram <= normalized.Length; at += plan.Stride)
            {
                byte[] gram = normalized[at..(at + plan.Gram)];
                ulong hash = GramHash.Compute(gram);
                if (!gram.Contains(SegmentPlan.Gap))
                    expected.Add((GramRecords.PartitionOf(hash), (uint)(at / plan.Stride), GramRecords.KeyOfHash(hash)));
            }

            var actual = new List<(int, uint, uint)>();
            for (int partition = 0; partition < GramRecords.Partitions; partition++)
            {
                foreach (ulong record in records[partition])
                    actual.Add((partition, GramRecords.Slot(record), GramRecords.Key(record)));
            }

            Assert.Equal(expected.Order(), actual);
            Assert.Equal(expected.Count, records.Count);
        });

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

    private static IEnumerable<(int At, long Slot)> Slots(PostingsReader reader, GramHit hit)
    {
        if (hit.Slot < reader.SlotCount)
            return [(hit.At, hit.Slot)];
        HeavyList list = reader.Heavy[hit.Slot];
        return [.. Enumerable.Range(0, list.Count).Select(rank => (hit.At, list.SlotAt(rank)))];
    }

    private static unsafe ulong[] Unpack(byte[] packed, int count, int bits)
    {
        fixed (byte* start = packed)
        {
            byte* from = start;
            return [.. Enumerable.Range(0, count).Select(i => BitPacker.Read(from, i, bits))];
        }
    }
}
