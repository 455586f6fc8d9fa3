using System.CommandLine;
using Recite.Cli.Settings;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Ingest;
using Recite.Runs;
using Recite.SelfTest;

namespace Recite.Cli.Commands;

/// <summary><c>recite selftest</c>: every measurement held against a truth that is known.</summary>
internal sealed class SelfTestCommand : ReciteCommand
{
    private readonly Setting<IReadOnlyList<string>> _only;

    /// <summary>Creates the command.</summary>
    public SelfTestCommand()
        : base(
            "selftest",
            "Proves on the bundled model and corpus, where the truth is known, that the measurements are right; exit code 3 when a row fails.",
            "recite selftest",
            "recite selftest --only T2,T10",
            "recite selftest --json") =>
        _only = With(new Setting<IReadOnlyList<string>>(
            new Option<string[]>("--only") { HelpName = "ROW,...", Description = "Only these rows, such as T2,T10.", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false },
            ReadRows,
            []));

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override string InterruptedSentence => "Interrupted; the rows above were measured, the others were not.";

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<TableRow> rows = Choose(context.Value(_only));
        using var scratch = ScratchFolder.Create("recite-selftest-");
        GroundTruth? ground = null;
        var outcomes = new List<RowOutcome>();
        try
        {
            var table = new SelfTestTable(context.Terminal);
            IAsyncEnumerable<RowOutcome> measured = SelfTestRunner.RunAsync(
                rows, async () => (ground = await OpenAsync(context, scratch.Path, cancellationToken)).Context, context.Time, cancellationToken);
            await foreach (RowOutcome outcome in measured)
            {
                outcomes.Add(outcome);
                table.Add(outcome);
            }

            table.Finish(outcomes);
        }
        finally
        {
            if (ground is not null)
                await ground.DisposeAsync();
        }

        return outcomes.Exists(outcome => outcome.Result == RowResult.Fail) ? ExitCodes.GateFailed : ExitCodes.Ok;
    }

    private static string Rows => $"its rows are {SelfTestRows.All[0].Id} to {SelfTestRows.All[^1].Id}, as in --only T2,T10";

    // An empty list would ask for every row, which is the opposite of what was typed.
    private static IReadOnlyList<string> ReadRows(IReadOnlyList<string> values) =>
        SettingReaders.CommaTexts(values) is { Count: > 0 } rows ? rows : throw new FormatException($"no row of the selftest is named; {Rows}");

    private static IReadOnlyList<TableRow> Choose(IReadOnlyList<string> only)
    {
        string? unknown = only.FirstOrDefault(id => !SelfTestRows.All.Any(row => row.Id.Equals(id, StringComparison.OrdinalIgnoreCase)));
        if (unknown is not null)
            throw new ReciteException($"The selftest has no row '{unknown}'; {Rows}.");
        string? twice = only.GroupBy(id => id, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1)?.Key;
        if (twice is not null)
            throw new ReciteException($"The row '{twice}' of the selftest is named more than once; name each row once, as in --only T2,T10.");
        return only.Count == 0 ? SelfTestRows.All : [.. SelfTestRows.All.Where(row => only.Contains(row.Id, StringComparer.OrdinalIgnoreCase))];
    }

    private static async Task<GroundTruth> OpenAsync(CommandContext context, string scratch, CancellationToken cancellationToken)
    {
        BundledFiles bundled = BundledFiles.Find(AppContext.BaseDirectory)
            ?? throw new ReciteException("The bundled corpus and model are not beside the program; run the selftest from a checkout of Recite.");
        if (bundled.Missing.FirstOrDefault() is { } missing)
            throw new ReciteException($"The selftest needs '{Path.GetRelativePath(bundled.Root, missing)}', which is not in the checkout.");

        context.Terminal.Say("opening the bundled model and indexing the bundled corpus");
        using var skipped = new SkippedInputs(context.Terminal, path: null);
        DocumentIngest ingest = context.Rooms.Ingest(new IngestOptions());
        IAsyncEnumerable<Document> Read(string path) => ingest.ReadAsync([path], standardInput: null, skipped.Add, context.Terminal.Say, cancellationToken);
        GroundTruth ground = await GroundTruth.OpenAsync(
            new GroundFiles(bundled.Model, bundled.Canaries), Read(bundled.Corpus), Read(bundled.NeverTrained), scratch, cancellationToken);
        skipped.Finish();
        return ground;
    }
}
