using BenchmarkDotNet.Running;
using System.Globalization;
using Recite.Benchmarks;
using Recite.Benchmarks.Engine;
using Recite.Benchmarks.Scoring;
using Recite.Benchmarks.SideBySide;
using Recite.Indexing.Segments;

if (args is ["side-by-side", var corpus, var report])
    return RipgrepComparison.Run(corpus, report);
if (args is ["scoring", var model, var page])
    return await ScoringThroughput.RunAsync(model, page);

if (args is ["stages", var jsonl, var folder, var guarantee, var store])
    return await EngineStages.RunAsync(jsonl, folder, int.Parse(guarantee, CultureInfo.InvariantCulture), Enum.Parse<TextStore>(store, ignoreCase: true));

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkCorpus).Assembly).Run(args);
return 0;
