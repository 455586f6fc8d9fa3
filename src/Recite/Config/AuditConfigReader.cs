using Recite.Gates;
using Recite.Indexing;
using Recite.Indexing.Matching.Near;
using Recite.Targets;

namespace Recite.Config;

/// <summary>Reads <c>recite.yaml</c>. Every error is one sentence with file, line, column and the key that is wrong.</summary>
public sealed class AuditConfigReader
{
    private const int LongestLength = 100_000;

    private static readonly Dictionary<string, SampleOffset> s_offsets = new(StringComparer.Ordinal)
    {
        ["random"] = SampleOffset.Random,
        ["start"] = SampleOffset.Start,
    };

    private static readonly Dictionary<string, SamplePopulation> s_populations = new(StringComparer.Ordinal)
    {
        ["distinct-windows"] = SamplePopulation.DistinctWindows,
        ["tokens"] = SamplePopulation.Tokens,
    };

    private static readonly Dictionary<string, EndpointChoice> s_endpoints = new(StringComparer.Ordinal)
    {
        ["auto"] = EndpointChoice.Auto,
        ["completions"] = EndpointChoice.Completions,
        ["chat"] = EndpointChoice.Chat,
    };

    private readonly ConfigSource _source;

    private AuditConfigReader(ConfigSource source) => _source = source;

    /// <summary>Reads a file; <paramref name="environment"/> answers <c>${env:NAME}</c>.</summary>
    /// <exception cref="ReciteException">The file cannot be read or says something that is not understood.</exception>
    public static AuditConfig Read(string path, Func<string, string?> environment) =>
        ReadText(ConfigText.Read(path), path, environment);

    /// <summary>Reads a text; <paramref name="file"/> is its name in errors.</summary>
    /// <exception cref="ReciteException">The text says something that is not understood.</exception>
    public static AuditConfig ReadText(string text, string file, Func<string, string?> environment)
    {
        var source = new ConfigSource(file, environment);
        return new AuditConfigReader(source).ReadRoot(ConfigYaml.Parse(text.TrimStart('\uFEFF'), file));
    }

    private AuditConfig ReadRoot(ConfigNode? node)
    {
        if (node is not (null or ConfigMapping or ConfigScalar { IsNull: true }))
            throw _source.Error(node, "recite.yaml", "must begin with keys such as 'targets:'");

        var root = new ConfigMap(_source, node, "", [.. ConfigKeys.Root, .. ConfigKeys.OfCommands]);
        // What is not about an audit is read by the commands it belongs to; here only its keys are checked.
        _ = new ConfigMap(_source, root.Find("index"), "index", ConfigKeys.Index);
        var defaults = new AuditConfig();
        return new AuditConfig
        {
            Targets = root.Strings("targets"),
            Corpus = root.String("corpus"),
            HeldOut = root.String("heldOut"),
            Canaries = root.String("canaries"),
            Foreign = root.String("foreign"),
            Baseline = root.String("baseline"),
            Authorization = root.String("authorization"),
            Probes = ReadProbes(root),
            Match = ReadMatch(root),
            Sampling = ReadSampling(root),
            Score = ScoreConfigReader.Read(_source, root),
            Endpoint = root.Choice("endpoint", s_endpoints) ?? defaults.Endpoint,
            Membership = ReadMembership(root),
            Gates = ReadGates(root),
            Budget = ReadBudget(root),
            Report = root.Strings("report"),
            Seed = root.Seed("seed") ?? defaults.Seed,
            Limit = root.Integer("limit", 1, int.MaxValue),
            Written = _source.Written,
        };
    }

    private List<ProbeConfig> ReadProbes(ConfigMap root)
    {
        ConfigNode? node = root.Find("probes");
        if (node is null)
            return [];
        if (node is not ConfigSequence sequence)
            throw root.Error("probes", "must be a list of probes, for instance '- prefix: { samples: 500 }'");

        var probes = new List<ProbeConfig>();
        foreach (ConfigNode item in sequence.Items)
        {
            // A bare name is a probe with its defaults.
            ConfigEntry entry = item switch
            {
                ConfigScalar { IsNull: false } name => new ConfigEntry(name, name with { Text = "", Plain = true }),
                ConfigMapping { Entries: [var only] } => only,
                _ => throw _source.Error(item, "probes", "must be a list of single probes, for instance '- prefix: { samples: 500 }'"),
            };
            ProbeConfig probe = ReadProbe(entry);
            if (probes.Exists(p => p.GetType() == probe.GetType()))
                throw _source.Error(entry.Key, $"probes.{probe.Name}", "stands here a second time; one audit runs each probe once");
            probes.Add(probe);
        }

        return probes;
    }

    private ProbeConfig ReadProbe(ConfigEntry entry)
    {
        switch (entry.Key.Text)
        {
            case "prefix":
                return ReadPrefix(new ConfigMap(_source, entry.Value, "probes.prefix", ConfigKeys.Prefix));
            case "recorded":
                _ = new ConfigMap(_source, entry.Value, "probes.recorded", ConfigKeys.Recorded);
                return new RecordedProbeConfig();
            default:
                throw _source.Error(
                    entry.Key,
                    $"probes.{entry.Key.Text}",
                    $"is no probe of this version{NearestWord.Suggest(entry.Key.Text, ConfigKeys.Probes)}; it has {string.Join(", ", ConfigKeys.Probes)}");
        }
    }

    private static PrefixProbeConfig ReadPrefix(ConfigMap map)
    {
        var defaults = new PrefixProbeConfig();
        SampleOffset offset = map.Choice("offset", s_offsets) ?? defaults.Offset;
        SamplePopulation population = map.Choice("population", s_populations) ?? defaults.Population;
        if (population == SamplePopulation.Tokens && offset == SampleOffset.Start)
            throw map.Error("population", "is 'tokens', which draws windows from every place, and 'offset: start' asks for beginnings alone; remove one of the two");
        return new PrefixProbeConfig
        {
            Samples = map.Integer("samples", 1, 1_000_000) ?? defaults.Samples,
            Prefix = map.Length("prefix", LongestLength) ?? defaults.Prefix,
            Suffix = map.Length("suffix", LongestLength) ?? defaults.Suffix,
            Offset = offset,
            Population = population,
            Repeat = map.Integer("repeat", 1, 10_000) ?? defaults.Repeat,
            Seed = map.Seed("seed"),
        };
    }

    private MatchConfig ReadMatch(ConfigMap root)
    {
        var map = new ConfigMap(_source, root.Find("match"), "match", ConfigKeys.Match);
        NearTolerance tolerance = default;
        if (map.String("near") is { } near && !NearTolerance.TryParse(near, out tolerance))
            throw map.Error("near", $"'{near}' is not a share of changed words such as 10% or 7.5%, from 0.1% to 50%");
        return new MatchConfig
        {
            MinLength = map.Length("minLength", LongestLength) ?? new MatchConfig().MinLength,
            Near = tolerance == default ? null : tolerance,
        };
    }

    // 'true' and an empty mapping ask for the defaults; left out, 'null' and 'false' ask for nothing.
    private MembershipConfig? ReadMembership(ConfigMap root)
    {
        if (root.Find("membership") is not { } node)
            return null;
        var defaults = new MembershipConfig();
        if (node is ConfigScalar { Text: "true" or "false" } flag)
            return flag.Text is "true" ? defaults : null;
        if (node is not ConfigMapping)
            throw _source.Error(node, "membership", $"must be true, false or keys and values; known are {string.Join(", ", ConfigKeys.Membership)}");
        var map = new ConfigMap(_source, node, "membership", ConfigKeys.Membership);
        return new MembershipConfig
        {
            Samples = map.Integer("samples", 1, 1_000_000) ?? defaults.Samples,
            Window = map.Length("window", LongestLength) ?? defaults.Window,
            MinK = map.Number("minK", 0.01, 1) ?? defaults.MinK,
        };
    }

    private SamplingOptions ReadSampling(ConfigMap root)
    {
        var map = new ConfigMap(_source, root.Find("sampling"), "sampling", ConfigKeys.Sampling);
        var greedy = new SamplingOptions();
        return new SamplingOptions
        {
            Temperature = map.Number("temperature", 0, 100) ?? greedy.Temperature,
            TopK = map.Integer("topK", 0, 10_000_000) ?? greedy.TopK,
            TopP = map.Number("topP", 1e-9, 1) ?? greedy.TopP,
            RepetitionPenalty = map.Number("repetitionPenalty", 0.01, 100) ?? greedy.RepetitionPenalty,
            PresencePenalty = map.Number("presencePenalty", -100, 100) ?? greedy.PresencePenalty,
            FrequencyPenalty = map.Number("frequencyPenalty", -100, 100) ?? greedy.FrequencyPenalty,
        };
    }

    private BudgetConfig ReadBudget(ConfigMap root)
    {
        var map = new ConfigMap(_source, root.Find("budget"), "budget", ConfigKeys.Budget);
        return new BudgetConfig { Usd = map.Number("usd", 0, 1e9), Tokens = map.Count("tokens") };
    }

    private static IReadOnlyList<string> ReadGates(ConfigMap root)
    {
        IReadOnlyList<string> gates = root.Strings("gates");
        foreach (string gate in gates)
        {
            try
            {
                _ = Gate.Parse(gate);
            }
            catch (ReciteException error)
            {
                throw root.Error("gates", $"holds a rule that is not understood: {error.Message.TrimEnd('.')}");
            }
        }

        return gates;
    }
}
