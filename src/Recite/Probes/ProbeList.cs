using Recite.Config;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>The probes there are. Adding one is a line here, a class beside it, its keys in the configuration and a test.</summary>
public static class ProbeList
{
    /// <summary>What a target is asked when the configuration names no probe.</summary>
    public static ProbeConfig DefaultFor(ITarget target) => target is IRecordedOutputs ? new RecordedProbeConfig() : new PrefixProbeConfig();

    /// <summary>Makes the probe of a configuration entry.</summary>
    public static IProbe Create(ProbeConfig config) => config switch
    {
        PrefixProbeConfig prefix => new PrefixProbe(prefix),
        RecordedProbeConfig => new RecordedProbe(),
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Name, "A probe without a class."),
    };
}
