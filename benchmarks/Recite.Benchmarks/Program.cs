using BenchmarkDotNet.Running;
using Recite.Benchmarks;
using Recite.Benchmarks.Scoring;
using Recite.Benchmarks.SideBySide;

if (args is ["side-by-side", var corpus, var report])
    return RipgrepComparison.Run(corpus, report);
if (args is ["scoring", var model, var page])
    return await ScoringThroughput.RunAsync(model, page);

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkCorpus).Assembly).Run(args);
return 0;
