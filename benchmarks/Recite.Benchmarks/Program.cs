using System.Globalization;
using BenchmarkDotNet.Running;
using Recite.Benchmarks;
using Recite.Benchmarks.Engine;
using Recite.Benchmarks.Peers;
using Recite.Benchmarks.Scoring;
using Recite.Benchmarks.SideBySide;
using Recite.Indexing.Segments;

if (args is ["side-by-side", var corpus, var report])
    return RipgrepComparison.Run(corpus, report);
if (args is ["scoring", var model, var page])
    return await ScoringThroughput.RunAsync(model, page);
if (args is ["index-stage", var normalized, var stageGuarantee, var stageFolder, var stageRounds])
    return IndexStage.Run(normalized, int.Parse(stageGuarantee, CultureInfo.InvariantCulture), stageFolder, int.Parse(stageRounds, CultureInfo.InvariantCulture));
if (args is ["memory", var memoryCorpus, var memoryFolder])
    return BuildMemory.Run(memoryCorpus, memoryFolder);
if (args is ["trace", var index, var queries, var traceRounds, var output])
    return TraceStage.Run(index, queries, int.Parse(traceRounds, CultureInfo.InvariantCulture), output);
if (args is ["queries", var queryPeers, var queryFolder, var queryCorpus, .. var guarantees])
    return await QueryComparison.RunAsync(queryPeers, queryFolder, queryCorpus, [.. guarantees.Select(text => int.Parse(text, CultureInfo.InvariantCulture))]);
if (args is ["engine", var peers, var room, var results, var main, var prose, var boilerplate, .. var large])
    return EngineComparison.Run(peers, room, results, main, prose, boilerplate, large.FirstOrDefault());
if (args is ["large", var name, var largeCorpus, var largePeers, var largeRoom, var largeResults])
    return LargeRun.Run(name, largeCorpus, largePeers, largeRoom, largeResults);
if (args is ["build-steps", var stepsCorpus])
    return await BuildSteps.RunAsync(stepsCorpus);
if (args is ["terabyte", var figures, var estimate])
    return TerabyteEstimate.Run(figures, estimate);
if (args is ["near", var nearIndex, .. var passages])
    return NearTimes.Run(nearIndex, passages is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1000);

if (args is ["stages", var jsonl, var folder, var guarantee, var store])
    return await EngineStages.RunAsync(jsonl, folder, int.Parse(guarantee, CultureInfo.InvariantCulture), Enum.Parse<TextStore>(store, ignoreCase: true));

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkCorpus).Assembly).Run(args);
return 0;
