using Recite.Config;
using Recite.Indexing.Text;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>The probes there are. Adding one is a line here, a class beside it, its keys in the configuration and a test.</summary>
public static class ProbeList
{
    private static readonly TextLength s_withoutTokenizer = new(200, LengthUnit.Characters);

    /// <summary>
    /// What a connected target is asked when the configuration names no probe: recorded outputs are judged, others are shown prefixes of
    /// 50 tokens, or of about as much text where their tokenizer is not known.
    /// </summary>
    public static ProbeConfig DefaultFor(ITarget target) => target switch
    {
        IRecordedOutputs => new RecordedProbeConfig(),
        { Tokenizer: null } => new PrefixProbeConfig { Prefix = s_withoutTokenizer, Suffix = s_withoutTokenizer },
        _ => new PrefixProbeConfig(),
    };

    /// <summary>Makes the probe of a configuration entry.</summary>
    public static IProbe Create(ProbeConfig config) => config switch
    {
        PrefixProbeConfig prefix => new PrefixProbe(prefix),
        RecordedProbeConfig => new RecordedProbe(),
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Name, "A probe without a class."),
    };
}
