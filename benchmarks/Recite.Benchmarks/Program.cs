using BenchmarkDotNet.Running;
using Recite.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkCorpus).Assembly).Run(args);
