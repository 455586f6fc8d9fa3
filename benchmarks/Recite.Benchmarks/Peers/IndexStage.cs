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
    private const int SegmentBytes = 1 << 30;

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
                bytes += Write(segments[i], sampling, Segment(folder, i));

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

    private static string Segment(string folder, int number) =>
        Directory.CreateDirectory(Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture))).FullName;

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

    private static unsafe long Write(byte[] normalized, SamplingPlan sampling, string folder)
    {
        // Gaps up to a whole stride, as the engine lays its batches out.
        int batchBytes = (1 << 20) / sampling.Stride * sampling.Stride;
        var batch = new GramRecords();
        using var store = new RecordStore(long.MaxValue, Path.Combine(folder, "spill"));
        for (int first = 0; first < normalized.Length; first += batchBytes)
        {
            // A k-gram may begin in one batch and end in the next.
            batch.Sample(normalized.AsSpan(first, Math.Min(batchBytes + sampling.Gram - 1, normalized.Length - first)), sampling);
            store.Add(batch, first / sampling.Stride);
        }

        List<PartWriter> parts = [];
        PartWriter Create(PartKind kind)
        {
            parts.Add(new PartWriter(Path.Combine(folder, PartNames.Of(kind)), kind));
            return parts[^1];
        }

        try
        {
            fixed (byte* text = normalized)
            {
                long slots = (normalized.Length + sampling.Stride - 1) / sampling.Stride;
                return new PostingsWriter(sampling, Create).Write(store, slots, new NormalizedBytes(text, normalized.Length), threads: 1).Sum(part => part.Bytes);
            }
        }
        finally
        {
            foreach (PartWriter part in parts)
                part.Dispose();
        }
    }
}
