using System.CommandLine;
using System.Globalization;
using System.Text;
using Recite.Canaries;
using Recite.Canaries.Scoring;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Config;
using Recite.Indexing;
using Recite.Targets;

namespace Recite.Cli.Commands;

/// <summary><c>recite canary score</c>: how exposed the planted canaries are, and how likely that is by chance.</summary>
internal sealed class CanaryScoreCommand : ReciteCommand
{
    private const double MostWithoutScore = AuditPipeline.MostErrors;

    private static readonly string[] s_measures = ["auto", "loss", "pz", "coverage"];

    private readonly Argument<string> _list;
    private readonly Setting<IReadOnlyList<string>> _target;
    private readonly Setting<string> _by;
    private readonly Setting<int?> _samples;
    private readonly Setting<ulong?> _seed;
    private readonly Setting<string?> _output;

    /// <summary>Creates the command.</summary>
    public CanaryScoreCommand()
        : base(
            "score",
            "Scores canaries and decoys under a model: exposure of each canary, and the exact p-value over the coin flips.",
            "recite canary score canaries.json -t onnx:models/after -o scores.json",
            "recite canary score canaries.json -t http://127.0.0.1:8080/v1#my-model --by coverage --samples 8 -o scores.json",
            "recite canary score canaries.json -t onnx:models/after --json")
    {
        _list = With(CanarySettings.ListArgument());
        _target = With(SettingFactory.Texts("--target", "TARGET", "The model that was trained.", key: null, "-t"));
        _by = With(SettingFactory.Word("--by", "Loss or probability where the target tells them; coverage by completions elsewhere.", s_measures, "auto"));
        _samples = With(SettingFactory.Number("--samples", "N", "Completions of each text for coverage; one is greedy.", 1, defaultText: "1"));
        _seed = With(CanarySettings.Seed("The random seed.", "7"));
        _output = With(SettingFactory.Text("--output", "FILE", "Where the scores are kept for 'recite canary verify'.", aliases: "-o"));
    }

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override string InterruptedSentence => "Interrupted; with -o, the same command goes on where a server was asked, and starts over where a local model was.";

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Parsed.GetRequiredValue(_list);
        string id = context.Value(_target) is [var only] ? only : throw new ReciteException("Canaries are scored under one model: name it with -t TARGET.");
        CanarySet set = CanarySet.Read(path);
        if (context.Value(_output) is { } output)
            OutputPlace.Check(output);
        var options = new CanaryScoringOptions
        {
            Measure = CanaryScoringOptions.ParseMeasure(context.Value(_by)),
            Samples = context.Value(_samples) ?? 1,
            Seed = context.Value(_seed) ?? 7,
        };

        await using ITarget target = context.Rooms.CreateTarget(
            id, new AuditConfig { Seed = options.Seed }, context.Settings.Environment.Find, file => Path.Combine(context.WorkingDirectory, file), context.Time);
        await target.ConnectAsync(cancellationToken);
        var scorer = new CanaryScorer(target, options);
        double?[] scores = await ScoreAsync(context, scorer, target, set, options, cancellationToken);
        ScoredCanary[] scored = [.. set.Entries.Select((e, i) => new ScoredCanary(e.Id, e.Group, e.IsPlanted, e.Duplicates, scores[i]))];
        int missing = scores.Count(s => s is null);
        if (missing > MostWithoutScore * scores.Length)
        {
            context.Terminal.Fail(TooManyMissing(context, target, missing, scores.Length, scorer.FirstError));
            return ExitCodes.TooManyErrors;
        }

        var report = new CanaryScoreReport
        {
            Root = set.Escrow?.Commit().Root,
            Target = id,
            Endpoint = target.Capabilities.Endpoint,
            Revision = target.Capabilities.Revision,
            Measure = scorer.Measure,
            Samples = options.Samples,
            Seed = options.Seed,
            Scores = scored,
            Statistics = CanaryStatistics.Compute(scored, options.Seed),
        };
        Write(context, report, missing);
        return ExitCodes.Ok;
    }

    private string TooManyMissing(CommandContext context, ITarget target, int missing, int texts, string? reason)
    {
        // Only a server's scores are kept, and only beside a file that was named.
        string next = missing == texts
            ? ""
            : target.Capabilities.Endpoint is "local" ? "; nothing was kept"
            : context.Value(_output) is { } output ? $"; the others are kept in {output}.partial, and the same command goes on from there"
            : "; nothing was kept, as no file was named with -o";
        // Most targets name themselves in their errors.
        string from = reason?.StartsWith(target.Id, StringComparison.Ordinal) == true ? "" : $" from {target.Id}";
        string first = reason is null ? "" : $"; the first reason: {reason.TrimEnd('.')}";
        return $"{Wording.Count(missing)} of {Wording.Count(texts, "text")} got no score{from}{first}{next}.";
    }

    private async Task<double?[]> ScoreAsync(
        CommandContext context, CanaryScorer scorer, ITarget target, CanarySet set, CanaryScoringOptions options, CancellationToken cancellationToken)
    {
        // A local model is asked again more quickly than a journal is worth; a server was paid.
        string? output = target.Capabilities.Endpoint is "local" ? null : context.Value(_output);
        string key = string.Create(CultureInfo.InvariantCulture, $"recite.canary-journal/1 {set.Digest} {CanaryScoringOptions.Word(scorer.Measure)} {options.Samples} {options.Seed} {target.Capabilities.Revision} {target.Id}");
        using ScoreJournal journal = output is null ? ScoreJournal.Nothing() : ScoreJournal.Open(output + ".partial", key.ReplaceLineEndings(" "));
        if (journal.Known > 0)
            context.Terminal.Say($"Going on with {Wording.Count(journal.Known, "score")} that {output}.partial holds.");
        double?[] scores = await context.Terminal.WithProgressAsync(
            "canary score",
            progress => scorer.ScoreAsync(set.Entries, journal, new ScoreProgressReading(progress, set.Entries.Count), cancellationToken));
        if (scores.All(s => s is not null))
            journal.Finish();
        return scores;
    }

    private void Write(CommandContext context, CanaryScoreReport report, int missing)
    {
        byte[] file = report.Write();
        if (context.Value(_output) is { } output)
        {
            File.WriteAllBytes(output + ".new", file);
            File.Move(output + ".new", output, overwrite: true);
        }

        if (missing > 0)
            context.Terminal.Say($"{Wording.Count(missing, "text")} got no score and counted as least exposed; the same command asks for them again.");
        if (context.Terminal.Json)
            context.Terminal.Output.Write(Encoding.UTF8.GetString(file));
        else
            CanaryScorePrinter.Write(context.Terminal.Output, report);
    }
}
