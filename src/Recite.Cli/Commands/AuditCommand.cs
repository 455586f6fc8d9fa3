using System.CommandLine;
using System.Text.Json.Nodes;
using Recite.Cli.Settings;
using Recite.Config;
using Recite.Indexing;
using Recite.Reporting;
using Recite.Reports;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary><c>recite audit</c>: asks a model, holds what comes back against the corpus, and reports.</summary>
internal sealed class AuditCommand : ReciteCommand
{
    private readonly Argument<string> _config;
    private readonly AuditSettings _audit = new();
    private readonly Setting<bool> _dryRun = SettingFactory.Flag("--dry-run", "Only say what would be asked and what it would cost.");
    private readonly Setting<string?> _resume;
    private readonly Setting<bool> _retryErrors = SettingFactory.Flag("--retry-errors", "Ask again what ended in an error; old results stay until new ones are there.");
    private readonly Setting<IReadOnlyList<string>> _failOn =
        SettingFactory.Texts("--fail-on", "EXPR", "What must not hold, for instance 'longest>=50w'; may be repeated. The key gates: says what must hold.");

    private readonly Setting<string> _inconclusive =
        SettingFactory.Word("--inconclusive", "What a gate that cannot be decided means for the exit code.", ["fail", "pass"], "fail", "inconclusive");

    private readonly Setting<bool> _adversarial = SettingFactory.Flag("--adversarial", "Adversarial probes; not in this version.");
    private readonly Setting<bool> _reveal = SettingFactory.Flag("--reveal", "Show personal data in reports instead of masking it.");
    private readonly Setting<IReadOnlyList<string>> _output =
        SettingFactory.Reports("--output", "A report; the extension decides the format; may be repeated.", "report", "-o");

    /// <summary>Creates the command.</summary>
    public AuditCommand()
        : base(
            "audit",
            "Asks a model for what stands in the corpus, and reports what it recites, at what rate, beside controls.",
            "recite audit",
            "recite audit -t onnx:models/demo -c corpus.rix --limit 100 -o report.html",
            "recite audit --fail-on 'longest>=50w' --budget tokens=2M -o report.html -o report.json")
    {
        _config = With(new Argument<string>("config")
        {
            HelpName = "recite.yaml",
            Description = "The configuration; the one here when it is not given.",
            Arity = ArgumentArity.ZeroOrOne,
        });
        WithAll(_audit.All);
        With(_dryRun);
        _resume = With(new Setting<string?>(
            new Option<string>("--resume") { HelpName = "[RUN]", Description = "Continue this run, or the newest unfinished one, with its own configuration.", Arity = ArgumentArity.ZeroOrOne },
            SettingReaders.OptionalText,
            null));
        WithAll([_retryErrors, _failOn, _inconclusive, _adversarial, _reveal, _output]);
    }

    /// <inheritdoc/>
    public override string InterruptedSentence =>
        "Interrupted; every attempt that was made is kept, and the same command, or 'recite audit --resume', continues.";

    /// <inheritdoc/>
    public override string? ConfigArgument(ParseResult parsed) => parsed.GetValue(_config);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Value(_adversarial))
            throw new ReciteException("Adversarial probes (--adversarial) are not built yet; leave the option out.");

        RunStore runs = RunsFolder.Open(context);
        AuditRequest request = Request(context, runs);
        var outputs = new AuditOutputs(context, runs, OutputPaths(context, request.Config), new ReportOptions(context.Value(_reveal)));
        var session = new AuditSession(context, runs, context.Settings.File.Resolve);
        if (request.Config.Targets.Count == 0)
            throw new ReciteException("No target was named: add -t TARGET (onnx:DIR, http://host:port/v1#MODEL, openai:NAME, anthropic:NAME or replay:FILE), or write 'targets:' into recite.yaml.");
        if (context.Value(_dryRun))
            return await DryRun.PrintAsync(context, session, request.Config, context.Value(_failOn), cancellationToken);

        var options = new AuditOptions
        {
            Resume = request.Run,
            RetryErrors = context.Value(_retryErrors),
            FailOn = context.Value(_failOn),
            Version = ProductVersion.Text,
            Command = CommandLineText.Of(context.Parsed),
            Deliver = (report, stop) => outputs.SaveAsync(report, request.Config.Targets.Count, stop),
        };
        int exitCode = ExitCodes.Ok;
        foreach (string target in request.Config.Targets)
        {
            AuditReport report = await session.RunAsync(request.Config, target, options, cancellationToken);
            await outputs.PrintAsync(report, request.Config.Targets.Count, cancellationToken);
            exitCode = Math.Max(exitCode, AuditVerdict.ExitCode(report, inconclusiveFails: context.Value(_inconclusive) is "fail"));
        }

        return exitCode;
    }

    // A run holds its own configuration, so that continuing it needs nothing else; money and time may still be added.
    private AuditRequest Request(CommandContext context, RunStore runs)
    {
        if (context.Settings.TextOf(_resume) is null)
        {
            AuditConfig file = context.Settings.File.Path is { } path ? AuditConfigReader.Read(path, context.Settings.Environment.Find) : new AuditConfig();
            return new AuditRequest(_audit.Apply(file, context), null);
        }

        string name = context.Value(_resume) is { Length: > 0 } given ? given : NewestUnfinished(runs);
        using RunFile run = runs.Open(name, write: false);
        AuditConfig config = AuditConfigReader.ReadText(run.Header.Config, $"the configuration of run {run.Header.Id}", context.Settings.Environment.Find);
        // Headers name targets as they were written, with references to the environment in place of their values.
        JsonArray written = ConfigJson.Write(config)["targets"]!.AsArray();
        int index = Math.Max(0, written.Select(node => (string?)node).ToList().IndexOf(run.Header.Target));
        string target = index < config.Targets.Count ? config.Targets[index] : run.Header.Target;
        return new AuditRequest(_audit.Apply(config, context) with { Targets = [target] }, run.Header.Id);
    }

    private static string NewestUnfinished(RunStore runs) =>
        runs.List().LastOrDefault(run => run is { Finished: null, Header: not null })?.Id
        ?? throw new ReciteException($"There is no unfinished run in {runs.Folder}; 'recite runs ls' lists the runs there are.");

    private IReadOnlyList<string> OutputPaths(CommandContext context, AuditConfig config)
    {
        Effective<IReadOnlyList<string>> written = context.Settings.Of(_output);
        return written.Origin.Level is SettingLevel.Flag or SettingLevel.Environment
            ? written.Value
            : [.. config.Report.Select(context.Settings.File.Resolve)];
    }

    private sealed record AuditRequest(AuditConfig Config, string? Run);
}
