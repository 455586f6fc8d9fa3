using BenchmarkDotNet.Running;
using Recite.Benchmarks;
using Recite.Benchmarks.SideBySide;

if (args is ["side-by-side", var corpus, var report])
    return RipgrepComparison.Run(corpus, report);

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkCorpus).Assembly).Run(args);
return 0;
