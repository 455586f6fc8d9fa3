using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>What probes and controls plan and judge with.</summary>
public sealed record ProbeContext
{
    /// <summary>The effective configuration.</summary>
    public required AuditConfig Config { get; init; }

    /// <summary>The target, connected.</summary>
    public required ITarget Target { get; init; }

    /// <summary>The corpus.</summary>
    public required CorpusIndex Index { get; init; }

    /// <summary>Finds text in the corpus.</summary>
    public required Matcher Matcher { get; init; }

    /// <summary>From which length on a corpus match counts.</summary>
    internal MatchThreshold Threshold => new(Config.Match.MinLength, Target.Tokenizer);
}
