using System.Diagnostics;
using System.Globalization;
using System.Text;
using Recite.Models.Onnx;
using Recite.Targets;

namespace Recite.Benchmarks.Scoring;

/// <summary>
/// Scoring through the target beside a bare session of ONNX Runtime on the same batches: what our side (padding, log-softmax, ranks,
/// margins) costs. Both run in turn in one process, so that a busy machine slows both; answers are compared before any figure is written.
/// </summary>
internal static class ScoringThroughput
{
    private const int Rows = 32;
    private const int Columns = 100;
    private const int Batches = 4;
    private const int Rounds = 15;
    private const int Compared = 4;

    private static readonly SamplingOptions[] s_schemes =
        [new() { Temperature = .7 }, new() { Temperature = 1, TopK = 40 }, new() { Temperature = 1, TopP = .9 }];

    public static async Task<int> RunAsync(string model, string report)
    {
        await using var target = new OnnxTarget(model, new OnnxOptions { BatchSize = Rows });
        await target.ConnectAsync(CancellationToken.None);
        using var bare = new BareSession(Path.Combine(model, "model.onnx"));
        int[][] windows = DrawWindows(bare.VocabularySize);
        ScoreRequest[] requests = [.. windows.Select((window, i) => new ScoreRequest(window[..1], window[1..]) { Index = i })];
        ScoreRequest[] underSchemes = [.. requests.Select(request => request with { Schemes = s_schemes })];
        await CheckAnswersAsync(target, bare, windows, requests);

        var bareSeconds = new List<Cost>();
        var ours = new List<Cost>();
        var oursUnderSchemes = new List<Cost>();
        for (int round = 0; round < Rounds; round++)
        {
            bareSeconds.Add(Measure(() => RunBare(bare, windows)));
            ours.Add(Measure(() => ScoreAsync(target, requests).GetAwaiter().GetResult()));
            oursUnderSchemes.Add(Measure(() => ScoreAsync(target, underSchemes).GetAwaiter().GetResult()));
        }

        Write(report, bareSeconds, ours, oursUnderSchemes);
        return 0;
    }

    private static int[][] DrawWindows(int vocabularySize)
    {
        var random = new Random(20_231_128);
        return [.. Enumerable.Range(0, Rows * Batches).Select(_ => Enumerable.Range(0, Columns + 1).Select(_ => random.Next(vocabularySize)).ToArray())];
    }

    // The last token of a window predicts nothing that is asked for, so that neither side runs it.
    private static void RunBare(BareSession bare, int[][] windows)
    {
        foreach (int[][] batch in windows.Chunk(Rows)) bare.Run(batch, Columns);
    }

    private static async Task<List<SuffixScore>> ScoreAsync(OnnxTarget target, ScoreRequest[] requests)
    {
        var scores = new List<SuffixScore>(requests.Length);
        await foreach (SuffixScore score in target.ScoreAsync(requests, CancellationToken.None)) scores.Add(score);
        return scores;
    }

    private static async Task CheckAnswersAsync(OnnxTarget target, BareSession bare, int[][] windows, ScoreRequest[] requests)
    {
        List<SuffixScore> scores = await ScoreAsync(target, [.. requests.Take(Compared)]);
        float[] logits = bare.Run([.. windows.Take(Compared)], Columns);
        for (int row = 0; row < Compared; row++)
        {
            for (int i = 0; i < Columns; i++)
            {
                double[] here = [.. logits.Skip((row * Columns + i) * bare.VocabularySize).Take(bare.VocabularySize).Select(logit => (double)logit)];
                double expected = here[windows[row][i + 1]] - Math.Log(here.Sum(Math.Exp));
                if (!(Math.Abs(expected - scores[row].LogProbabilities[i]) < 1e-4))
                    throw new InvalidOperationException($"window {row}, token {i + 1}: {scores[row].LogProbabilities[i]} instead of {expected}");
            }
        }
    }

    private static Cost Measure(Action run)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        run();
        return new Cost(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    private static void Write(string report, List<Cost> bare, List<Cost> ours, List<Cost> oursUnderSchemes)
    {
        // The quickest round of each: what disturbs a round only ever makes it slower.
        double tokens = (double)Rows * Batches * Columns;
        string Over(List<Cost> costs, Func<Cost, double> of) => string.Create(CultureInfo.InvariantCulture, $"{(costs.Min(of) / bare.Min(of) - 1) * 100:F1} %");
        string Row(string what, List<Cost> costs) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {tokens / costs.Min(cost => cost.Seconds):F0} | {Over(costs, cost => cost.Seconds)} | {costs.Min(cost => cost.ProcessorSeconds) / tokens * 1e6:F1} µs | {Over(costs, cost => cost.ProcessorSeconds)} |");
        var page = new StringBuilder();
        page.AppendLine("# Scoring beside a bare session").AppendLine();
        page.AppendLine("Written by `benchmarks/run --scoring`. The bundled model, all threads, the same batches on both sides, in turn in one process; the").AppendLine("quickest round of each. Read the columns \"over bare\", the machine is shared. Scores were compared with the bare session's before this was written.").AppendLine();
        page.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{Batches} batches of {Rows} windows of {Columns} scored tokens; {Rounds} rounds.")).AppendLine();
        page.AppendLine("| | tokens/s | over bare | processor time per token | over bare |").AppendLine("| --- | --- | --- | --- | --- |");
        page.AppendLine(Row("bare session, logits only", bare));
        page.AppendLine(Row("`ScoreAsync`: log-probabilities, ranks, margins", ours));
        page.AppendLine(Row("the same under three more schemes", oursUnderSchemes)).AppendLine();
        File.WriteAllText(report, page.ToString().TrimEnd().ReplaceLineEndings("\n") + "\n");
        Console.WriteLine(page);
    }

    // Of one round: time on the clock, and time of all processors.
    private readonly record struct Cost(double Seconds, double ProcessorSeconds);
}
