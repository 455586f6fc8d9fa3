using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Runs;
using Recite.Targets;

namespace Recite;

/// <summary>Everything an audit works with. It opens and closes none of it, but connects the targets.</summary>
public sealed record AuditInputs
{
    /// <summary>What to do.</summary>
    public required AuditConfig Config { get; init; }

    /// <summary>Whom to ask.</summary>
    public required ITarget Target { get; init; }

    /// <summary>The corpus.</summary>
    public required CorpusIndex Corpus { get; init; }

    /// <summary>Where runs are kept.</summary>
    public required RunStore Runs { get; init; }

    /// <summary>What time it is.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>A model that never saw the corpus.</summary>
    public ITarget? Baseline { get; init; }

    /// <summary>An unrelated corpus.</summary>
    public CorpusIndex? Foreign { get; init; }

    /// <summary>Documents that were never trained on.</summary>
    public IReadOnlyList<Document> HeldOut { get; init; } = [];

    /// <summary>Planted secrets and those that were never planted.</summary>
    public CanaryList? Canaries { get; init; }
}
