using Recite.Cli.Settings;
using Recite.Indexing.Corpora;

namespace Recite.Cli.Commands;

/// <summary>What writing an index may use of the machine.</summary>
internal sealed class IndexWorkSettings
{
    /// <summary>Memory to plan with.</summary>
    public Setting<long?> Memory { get; } = SettingFactory.Size("--memory", "Memory to build in; 256M or more.", "index.memory", "a quarter of the machine's");

    /// <summary>Workers.</summary>
    public Setting<int?> Threads { get; } = SettingFactory.Number("--threads", "N", "Threads to build with.", 1, "index.threads", "all");

    /// <summary>Both, in the order of the help.</summary>
    public IReadOnlyList<Setting> All => [Memory, Threads];

    /// <summary>Puts what holds into options.</summary>
    public CorpusBuildOptions Apply(CommandContext context, CorpusBuildOptions options)
    {
        if (context.Value(Memory) is { } memory)
            options = options with { MemoryBytes = memory };
        if (context.Value(Threads) is { } threads)
            options = options with { Threads = threads };
        return options;
    }
}
