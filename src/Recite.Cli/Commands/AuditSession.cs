using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Ingest;
using Recite.Reporting;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Cli.Commands;

/// <summary>Opens what an audit of one target works with, runs it under progress, and closes everything.</summary>
/// <param name="context">The command.</param>
/// <param name="runs">Where the run is kept.</param>
/// <param name="resolve">Where a path of the configuration is, seen from the working directory.</param>
internal sealed class AuditSession(CommandContext context, RunStore runs, Func<string, string> resolve)
{
    /// <summary>What would be asked.</summary>
    public Task<AuditPlan> PlanAsync(AuditConfig config, string target, CancellationToken cancellationToken) =>
        WithInputsAsync(config, target, inputs => AuditPipeline.PlanAsync(inputs, cancellationToken), cancellationToken);

    /// <summary>The audit.</summary>
    public Task<AuditReport> RunAsync(AuditConfig config, string target, AuditOptions options, CancellationToken cancellationToken) =>
        WithInputsAsync(
            config,
            target,
            inputs => context.Terminal.WithProgressAsync(
                $"audit of {target}",
                progress => AuditPipeline.RunAsync(inputs, options, new AuditProgressReading(progress), cancellationToken)),
            cancellationToken);

    private async Task<T> WithInputsAsync<T>(AuditConfig config, string target, Func<AuditInputs, Task<T>> work, CancellationToken cancellationToken)
    {
        string corpus = config.Corpus
            ?? throw new ReciteException("No corpus was named: add -c CORPUS.rix, set RECITE_CORPUS, or write 'corpus:' into recite.yaml; 'recite index build' makes one.");
        using CorpusIndex index = CorpusIndex.Open(resolve(corpus));
        using CorpusIndex? foreign = config.Foreign is { } path ? CorpusIndex.Open(resolve(path)) : null;
        await using ITarget asked = context.Rooms.CreateTarget(target, config, context.Settings.Environment.Find, resolve, context.Time);
        await using ITarget? baseline = config.Baseline is { } before
            ? context.Rooms.CreateTarget(before, config, context.Settings.Environment.Find, resolve, context.Time)
            : null;
        return await work(new AuditInputs
        {
            Config = config,
            Target = asked,
            Corpus = index,
            Runs = runs,
            Time = context.Time,
            Baseline = baseline,
            Foreign = foreign,
            HeldOut = config.HeldOut is { } heldOut ? await ReadDocumentsAsync(resolve(heldOut), cancellationToken) : [],
            Canaries = config.Canaries is { } canaries ? CanaryList.Read(resolve(canaries)) : null,
        });
    }

    private async Task<IReadOnlyList<Document>> ReadDocumentsAsync(string path, CancellationToken cancellationToken)
    {
        var documents = new List<Document>();
        using var skipped = new SkippedInputs(context.Terminal, path: null);
        DocumentIngest ingest = context.Rooms.Ingest(new IngestOptions());
        await foreach (Document document in ingest.ReadAsync([path], standardInput: null, skipped.Add, context.Terminal.Say, cancellationToken))
            documents.Add(document);
        skipped.Finish();
        return documents;
    }
}
