using Recite.Cli.Settings;
using Recite.Config;
using Recite.Indexing;

namespace Recite.Cli.Commands;

/// <summary>The options of an audit, and how they change what <c>recite.yaml</c> says.</summary>
internal sealed class AuditSettings
{
    private readonly Setting<IReadOnlyList<string>> _targets =
        SettingFactory.Texts("--target", "TARGET", "The model under audit; may be repeated.", "targets", "-t");

    private readonly Setting<string?> _corpus = CorpusSetting();

    private readonly Setting<IReadOnlyList<string>> _probes =
        SettingFactory.CommaTexts("--probe", "PROBE,...", "Only these probes.", key: null, "-p");

    private readonly Setting<int?> _limit = SettingFactory.Number("--limit", "N", "Most samples of each probe and control.", 1, "limit");
    private readonly Setting<string?> _heldOut = SettingFactory.Text("--held-out", "PATH", "Never-trained documents: the held-out control.", "heldOut");
    private readonly Setting<string?> _baseline = SettingFactory.Text("--baseline", "TARGET", "A model that never saw the corpus.", "baseline");
    private readonly Setting<BudgetConfig?> _budget = new(
        new System.CommandLine.Option<string>("--budget") { HelpName = "EXPR", Description = "Stop when it is spent, for instance usd=5,tokens=2M; key: budget." },
        BudgetReader.Read,
        null);

    private readonly Setting<ulong?> _seed = new(
        new System.CommandLine.Option<string>("--seed") { HelpName = "N", Description = "The random seed." }, SettingReaders.Seed, null, "7", "seed");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Setting> All => [_targets, _corpus, _probes, _limit, _heldOut, _baseline, _budget, _seed];

    /// <summary>The option that names the corpus index, the same for every command.</summary>
    public static Setting<string?> CorpusSetting() =>
        SettingFactory.Text("--corpus", "CORPUS.rix", "The index, as made by 'recite index build'.", "corpus", aliases: "-c");

    /// <summary>The corpus index that was named somewhere.</summary>
    /// <exception cref="ReciteException">None was.</exception>
    public static string RequiredCorpus(CommandContext context, Setting<string?> corpus) => context.Settings.PathOf(corpus)
        ?? throw new ReciteException("No corpus was named: add -c CORPUS.rix, set RECITE_CORPUS, or write 'corpus:' into recite.yaml; 'recite index build' makes one.");

    /// <summary>The configuration with what option and variable say put over it.</summary>
    public AuditConfig Apply(AuditConfig config, CommandContext context)
    {
        if (Written(context, _targets) is { } targets)
            config = config with { Targets = [.. targets.Select(target => TargetPath.FromConfigFolder(target, context))] };
        if (Written(context, _corpus) is { } corpus)
            config = config with { Corpus = FromConfigFolder(corpus, context) };
        if (Written(context, _heldOut) is { } heldOut)
            config = config with { HeldOut = FromConfigFolder(heldOut, context) };
        if (Written(context, _baseline) is { } baseline)
            config = config with { Baseline = TargetPath.FromConfigFolder(baseline, context) };
        if (Written(context, _limit) is { } limit)
            config = config with { Limit = limit };
        if (Written(context, _seed) is { } seed)
            config = config with { Seed = seed };
        if (Written(context, _budget) is { } budget)
            config = config with { Budget = new BudgetConfig { Usd = budget.Usd ?? config.Budget.Usd, Tokens = budget.Tokens ?? config.Budget.Tokens } };
        if (Written(context, _probes) is { } probes)
            config = config with { Probes = [.. probes.Select(name => Find(name, config.Probes))] };
        return config;
    }

    /// <summary>A path as seen from the configuration's folder, which is where relative paths of a run start.</summary>
    public static string FromConfigFolder(string path, CommandContext context) =>
        context.Settings.File.Folder is { Length: > 0 } folder && !Path.IsPathRooted(path) ? Path.GetRelativePath(folder, path) : path;

    // What the file says is in the configuration already.
    private static T? Written<T>(CommandContext context, Setting<T> setting)
    {
        Effective<T> effective = context.Settings.Of(setting);
        return effective.Origin.Level is SettingLevel.Flag or SettingLevel.Environment ? effective.Value : default;
    }

    private static ProbeConfig Find(string name, IReadOnlyList<ProbeConfig> configured) =>
        configured.FirstOrDefault(probe => string.Equals(probe.Name, name, StringComparison.Ordinal)) ?? name switch
        {
            "prefix" => new PrefixProbeConfig(),
            "recorded" => new RecordedProbeConfig(),
            _ => throw new ReciteException($"'{name}' is no probe of this version{NearestWord.Suggest(name, ["prefix", "recorded"])}; it has prefix and recorded."),
        };
}
