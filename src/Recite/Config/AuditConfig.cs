using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;
using Recite.Targets;

namespace Recite.Config;

/// <summary>What an audit is asked to do: <c>recite.yaml</c> with its defaults filled in. Paths are as the user wrote them.</summary>
public sealed record AuditConfig
{
    /// <summary>Target ids, <c>provider:model</c>; each is audited by a run of its own.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Path of the corpus index.</summary>
    public string? Corpus { get; init; }

    /// <summary>Path of never-trained documents: the held-out control.</summary>
    public string? HeldOut { get; init; }

    /// <summary>Path of a canary list; those with no duplicates are the never-planted control.</summary>
    public string? Canaries { get; init; }

    /// <summary>Path of an unrelated index of matched size: the curve of chance hits.</summary>
    public string? Foreign { get; init; }

    /// <summary>Target id of a model that never saw the corpus: the baseline-model control.</summary>
    public string? Baseline { get; init; }

    /// <summary>Who allowed adversarial probes against a vendor's server; recorded, and needed by no probe that is built yet.</summary>
    public string? Authorization { get; init; }

    /// <summary>What to ask; empty means the default of the target (<c>recorded</c> for recorded outputs, else <c>prefix</c>).</summary>
    public IReadOnlyList<ProbeConfig> Probes { get; init; } = [];

    /// <summary>From which length on a match is reported.</summary>
    public MatchConfig Match { get; init; } = new();

    /// <summary>How the target chooses tokens; greedy by default.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>What is scored besides the asking, where the target can.</summary>
    public ScoreConfig Score { get; init; } = new();

    /// <summary>Which HTTP endpoint to ask.</summary>
    public EndpointChoice Endpoint { get; init; }

    /// <summary>How membership inference is to be measured; <see langword="null"/> where it is not asked for.</summary>
    public MembershipConfig? Membership { get; init; }

    /// <summary>Rules that must hold, as written; each is valid.</summary>
    public IReadOnlyList<string> Gates { get; init; } = [];

    /// <summary>What may be spent.</summary>
    public BudgetConfig Budget { get; init; } = new();

    /// <summary>Report files, by extension.</summary>
    public IReadOnlyList<string> Report { get; init; } = [];

    /// <summary>Random seed of everything that names none of its own.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>Most samples of each probe and control; <see langword="null"/> for as many as they ask.</summary>
    public int? Limit { get; init; }

    /// <summary>Values that came from the environment, by value: what is printed is the reference, never the value.</summary>
    internal IReadOnlyDictionary<string, string> Written { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>One entry of <c>probes:</c>.</summary>
/// <param name="Name">The probe's name, its key in the file.</param>
public abstract record ProbeConfig(string Name);

/// <summary>Ask for the continuation of true prefixes (<c>prefix:</c>).</summary>
public sealed record PrefixProbeConfig() : ProbeConfig("prefix")
{
    /// <summary>Samples to draw.</summary>
    public int Samples { get; init; } = 500;

    /// <summary>Length of the prefix.</summary>
    public TextLength Prefix { get; init; } = new(50, LengthUnit.Tokens);

    /// <summary>Length of the suffix.</summary>
    public TextLength Suffix { get; init; } = new(50, LengthUnit.Tokens);

    /// <summary>Where in its document a sample begins.</summary>
    public SampleOffset Offset { get; init; } = SampleOffset.Random;

    /// <summary>What the rate is a rate of.</summary>
    public SamplePopulation Population { get; init; } = SamplePopulation.DistinctWindows;

    /// <summary>Attempts per sample.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>Random seed of the drawing; the audit's own where it is <see langword="null"/>.</summary>
    public ulong? Seed { get; init; }
}

/// <summary>Judge outputs that already exist (<c>recorded:</c>).</summary>
public sealed record RecordedProbeConfig() : ProbeConfig("recorded");

/// <summary>Where samples begin.</summary>
public enum SampleOffset
{
    /// <summary>At a random place that depends on the document's content alone.</summary>
    Random,

    /// <summary>At the beginning of the document; far easier for most models.</summary>
    Start,
}

/// <summary>What samples stand for (M4).</summary>
public enum SamplePopulation
{
    /// <summary>Texts, each once: one window per document, windows of the same text together.</summary>
    DistinctWindows,

    /// <summary>Tokens with multiplicity (bytes where no tokenizer is known): a text that stands there ten times counts ten times.</summary>
    Tokens,
}

/// <summary>Which HTTP endpoint to ask.</summary>
public enum EndpointChoice
{
    /// <summary>Completions where the server has them, else chat.</summary>
    Auto,

    /// <summary><c>/completions</c>.</summary>
    Completions,

    /// <summary><c>/chat/completions</c>.</summary>
    Chat,
}

/// <summary><c>match:</c> of the file.</summary>
public sealed record MatchConfig
{
    /// <summary>Least length of a match that is reported, after the prompt discount.</summary>
    public TextLength MinLength { get; init; } = new(150, LengthUnit.Characters);

    /// <summary>How much near-verbatim matches may be changed; they are not looked for when absent.</summary>
    public NearTolerance? Near { get; init; }
}

/// <summary><c>membership:</c> of the file.</summary>
public sealed record MembershipConfig
{
    /// <summary>Most members and most non-members, one window per document.</summary>
    public int Samples { get; init; } = 2000;

    /// <summary>Length of the windows that are scored.</summary>
    public TextLength Window { get; init; } = new(64, LengthUnit.Tokens);

    /// <summary>Share of the least probable tokens that Min-K% looks at.</summary>
    public double MinK { get; init; } = 0.2;
}

/// <summary><c>budget:</c> of the file; <see langword="null"/> means no limit.</summary>
public sealed record BudgetConfig
{
    /// <summary>Most money to spend, in US dollars.</summary>
    public double? Usd { get; init; }

    /// <summary>Most tokens to spend, prompts and completions together.</summary>
    public long? Tokens { get; init; }
}
