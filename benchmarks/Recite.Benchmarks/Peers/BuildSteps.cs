using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;
using Recite.Ingest;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// <c>build-steps CORPUS.jsonl</c>: what a build is made of, each step by itself on one thread, so that a whole build can be read as
/// their sum. Sampling, sorting and writing of postings is the index stage, which is measured elsewhere.
/// </summary>
internal static class BuildSteps
{
    private const int Rounds = 2;

    // What the engine writes its blocks with.
    private const int CompressionLevel = 3;

    public static async Task<int> RunAsync(string corpus)
    {
        List<ReadOnlyMemory<byte>> texts = [];
        StepFigures[] steps =
        [
            new("documents out of JSON Lines", await MeasureAsync(async () => texts = await ReadAsync(corpus))),
            new("SHA-256 of each text, by which copies are known", Measure(() => Digest(texts))),
            new("normalization", Measure(() => Normalize(texts))),
            new("text in zstd blocks", Measure(() => Compress(texts))),
        ];
        Console.WriteLine(JsonSerializer.Serialize(steps));
        return 0;
    }

    private static async Task<List<ReadOnlyMemory<byte>>> ReadAsync(string corpus)
    {
        List<ReadOnlyMemory<byte>> texts = [];
        var ingest = new DocumentIngest(new IngestOptions(), DocumentReaders.All());
        await foreach (Document document in ingest.ReadAsync([corpus], null, static _ => { }, static _ => { }, CancellationToken.None))
            texts.Add(document.Text);
        return texts;
    }

    private static void Digest(List<ReadOnlyMemory<byte>> texts)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (ReadOnlyMemory<byte> text in texts)
            SHA256.HashData(text.Span, digest);
    }

    private static void Normalize(List<ReadOnlyMemory<byte>> texts)
    {
        TextNormalizer normalizer = TextNormalizer.For("text");
        var output = new ArrayBufferWriter<byte>();
        foreach (ReadOnlyMemory<byte> text in texts)
        {
            output.ResetWrittenCount();
            normalizer.Normalize(text.Span, output);
        }
    }

    private static void Compress(List<ReadOnlyMemory<byte>> texts)
    {
        using var compressor = new ZstdSharp.Compressor(CompressionLevel);
        var output = new byte[ZstdSharp.Compressor.GetCompressBound(SegmentPlan.BlockBytes)];
        var block = new byte[SegmentPlan.BlockBytes];
        int filled = 0;
        foreach (ReadOnlyMemory<byte> text in texts)
        {
            for (ReadOnlySpan<byte> left = text.Span; !left.IsEmpty;)
            {
                int taken = Math.Min(left.Length, block.Length - filled);
                left[..taken].CopyTo(block.AsSpan(filled));
                left = left[taken..];
                filled += taken;
                if (filled < block.Length)
                    continue;
                compressor.Wrap(block, output);
                filled = 0;
            }
        }
    }

    private static double Measure(Action work) => MeasureAsync(() =>
    {
        work();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    // The better of the rounds: the first also compiles.
    private static async Task<double> MeasureAsync(Func<Task> work)
    {
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            await work();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        return best;
    }
}
