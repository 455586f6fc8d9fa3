using Recite.Cli.Terminal;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching.Near;

namespace Recite.Cli.Commands;

/// <summary>Says where an index is no good place to look for near-verbatim matches.</summary>
internal static class NearWarning
{
    /// <summary>Warns when the index samples so few k-grams that short passages with changes are missed.</summary>
    public static void Say(CommandTerminal terminal, NearTolerance? tolerance, IndexManifest manifest)
    {
        if (tolerance is not null && manifest.Guarantee >= NearTolerance.WeakGuarantee)
        {
            terminal.Say(
                $"The index guarantees runs of {manifest.Guarantee} normalized bytes, which finds near-verbatim matches of short passages only by luck; "
                + "build it with --guarantee 32 or 64 to look for them. 'recite selftest --only T16' shows how many are found.");
        }
    }
}
