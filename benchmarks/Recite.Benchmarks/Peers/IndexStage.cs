using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// <c>index-stage NORMALIZED g FOLDER ROUNDS</c>: from normalized text in memory to its index on disk, digests and the flush to the
/// disk included, with the engine's own sampler, sort and writer. What a suffix array's construction is compared with.
/// </summary>
internal static class IndexStage
{
    private const int SegmentBytes = 256 << 20;

    public static int Run(string normalizedPath, int guarantee, string folder, int rounds)
    {
        Directory.CreateDirectory(folder);
        List<byte[]> segments = Read(normalizedPath);
        SamplingPlan sampling = SamplingPlan.For(guarantee);
        List<double> cpu = [];
        List<double> wall = [];
        long bytes = 0;
        for (int round = 0; round <= rounds; round++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            bytes = 0;
            for (int i = 0; i < segments.Count; i++)
                bytes += Write(segments[i], sampling, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i}.postings")));

            wall.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            textBytes = segments.Sum(segment => (long)segment.Length),
            coldCpuSeconds = cpu[0],
            cpuSeconds = cpu.Skip(1).Order().ElementAt(rounds / 2),
            wallSeconds = wall.Skip(1).Order().ElementAt(rounds / 2),
            indexBytes = bytes,
            peakBytes = Process.GetCurrentProcess().PeakWorkingSet64,
        }));
        return 0;
    }

    private static List<byte[]> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        List<byte[]> segments = [];
        while (file.Position < file.Length)
        {
            var segment = new byte[Math.Min(SegmentBytes, file.Length - file.Position)];
            file.ReadExactly(segment);
            segments.Add(segment);
        }

        return segments;
    }

    private static long Write(ReadOnlySpan<byte> normalized, SamplingPlan sampling, string path)
    {
        var postings = new PostingsWriter();
        int batchBytes = (1 << 20) / sampling.Stride * sampling.Stride;
        for (int first = 0; first < normalized.Length; first += batchBytes)
        {
            // A k-gram may begin in one batch and end in the next.
            ReadOnlySpan<byte> batch = normalized.Slice(first, Math.Min(batchBytes + sampling.Gram - 1, normalized.Length - first));
            postings.Add(Sample(batch, batchBytes, sampling), first / sampling.Stride);
        }

        byte[] payload = postings.Build(normalized.Length / sampling.Stride, out PostingsLayout layout);
        using var part = new PartWriter(path, PartKind.Postings);
        part.Write(payload);
        return part.Finish(layout.Count, layout.BucketBits, layout.SlotBits).Bytes;
    }

    private static ulong[] Sample(ReadOnlySpan<byte> batch, int batchBytes, SamplingPlan sampling)
    {
        var records = new List<ulong>((batchBytes / sampling.Stride) + 1);
        int slot = 0;
        for (int position = 0; position < batchBytes && position + sampling.Gram <= batch.Length; position += sampling.Stride, slot++)
        {
            ReadOnlySpan<byte> gram = batch.Slice(position, sampling.Gram);
            if (!gram.Contains(SegmentPlan.Gap))
                records.Add(PostingsWriter.Record(GramHash.Compute(gram), slot));
        }

        return [.. records];
    }
}
