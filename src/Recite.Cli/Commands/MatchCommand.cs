using System.CommandLine;
using Recite.Cli.Settings;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;
using Recite.Ingest;
using Recite.Reports.Json;

namespace Recite.Cli.Commands;

/// <summary><c>recite match</c>: where texts stand in a corpus.</summary>
internal sealed class MatchCommand : ReciteCommand
{
    private const long MostInputBytes = 256L << 20;

    private readonly Argument<string[]> _files;
    private readonly Setting<string?> _corpus = AuditSettings.CorpusSetting();
    private readonly Setting<TextLength?> _minLength;
    private readonly Setting<int?> _maxSources;
    private readonly Setting<NearTolerance?> _near;
    private readonly Setting<string?> _encoding;
    private readonly Setting<bool> _exitCode;
    private readonly PerItemSettings _perItem = new();

    /// <summary>Creates the command.</summary>
    public MatchCommand()
        : base(
            "match",
            "Says which parts of a text stand in the indexed corpus, and where.",
            "recite match answer.txt -c corpus.rix",
            "recite match *.md -c corpus.rix --near 10% --min-length 150c --json",
            "recite match benchmark.jsonl -c corpus.rix --per-item --text-field question,answer")
    {
        _files = With(new Argument<string[]>("file")
        {
            HelpName = "FILE...",
            Description = "Texts to look for, or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        });
        With(_corpus);
        // The file's match.minLength is the threshold of audits, whose default differs: here the guarantee is the default.
        _minLength = With(SettingFactory.Length("--min-length", "Report matches from this length on.", key: null, "the index's guarantee"));
        _maxSources = With(SettingFactory.Number("--max-sources", "N", "Most sources listed for a match.", 1, "match.maxSources", "10"));
        _near = With(SettingFactory.Near("--near", "Also near-verbatim matches, with up to this share of words changed, for instance 10%.", "match.near"));
        _encoding = With(SettingFactory.Text("--encoding", "NAME", "What a text is in that is not Unicode, such as koi8-r; judged by its bytes without this."));
        _exitCode = With(SettingFactory.Flag("--exit-code", "Exit with 3 when something was found."));
        WithAll(_perItem.All);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        bool perItem = _perItem.IsAsked(context);
        if (perItem && context.Value(_encoding) is not null)
            throw new ReciteException("--encoding does not go with --per-item, which reads JSON Lines in UTF-8: convert the file first.");
        string path = AuditSettings.RequiredCorpus(context, _corpus);
        using CorpusIndex index = CorpusIndex.Open(path);
        var options = new MatchOptions { MinimumLength = context.Value(_minLength), MaxSources = context.Value(_maxSources) ?? 10, Near = context.Value(_near) };
        NearWarning.Say(context.Terminal, options.Near, index.Manifest);
        bool found = perItem
            ? await new PerItemMatch(context, _perItem, index, path, options).RunAsync(context.Values(_files), cancellationToken)
            : await MatchWholeAsync(context, index, path, options, cancellationToken);
        return found && context.Value(_exitCode) ? ExitCodes.GateFailed : ExitCodes.Ok;
    }

    private async Task<bool> MatchWholeAsync(CommandContext context, CorpusIndex index, string path, MatchOptions options, CancellationToken cancellationToken)
    {
        var matcher = new Matcher(index);
        var inputs = new List<MatchInput>();
        bool found = false;
        foreach (string name in context.Values(_files))
        {
            DecodedText text = await ReadAsync(context, name, cancellationToken);
            MatchResult result = matcher.Match(index.Normalizer.NormalizeWithMap(text.Text), options, cancellationToken);
            if (!result.IsComplete)
                context.Terminal.Say($"{name} repeats itself so much that the search was cut short; there may be more matches than are listed.");
            MatchInput input = MatchInputs.Of(name, text.Encoding, result);
            found |= input.Matches.Count > 0;
            if (context.Terminal.Json)
                inputs.Add(input);
            else
                MatchPrinter.Write(context.Terminal.Output, input, text.Text.Span);
        }

        if (context.Terminal.Json)
            await WriteJsonAsync(context, MatchInputs.Report(path, index.Manifest, options, inputs), cancellationToken);
        return found;
    }

    private async Task<DecodedText> ReadAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        DecodedText text;
        if (name is "-")
        {
            text = await TextDecoder.ReadAsync(context.Terminal.OpenInput(), "standard input", MostInputBytes, context.Value(_encoding), cancellationToken);
        }
        else
        {
            if (Directory.Exists(name))
                throw new ReciteException($"'{name}' is a folder; name the files to match.");
            if (!File.Exists(name))
                throw new ReciteException($"The file '{name}' does not exist; check the name.");
            await using FileStream stream = File.OpenRead(name);
            text = await TextDecoder.ReadAsync(stream, name, MostInputBytes, context.Value(_encoding), cancellationToken);
        }

        if (text.Notice is not null)
            context.Terminal.Say(text.Notice);
        return text;
    }

    private static async Task WriteJsonAsync(CommandContext context, MatchReport report, CancellationToken cancellationToken)
    {
        using var json = new MemoryStream();
        await MatchJson.WriteAsync(report, json, cancellationToken);
        context.Terminal.Output.Write(System.Text.Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length));
    }
}
