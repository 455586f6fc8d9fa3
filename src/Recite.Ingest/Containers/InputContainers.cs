using Recite.Ingest.Tar;
using Recite.Ingest.Zip;

namespace Recite.Ingest.Containers;

/// <summary>The kinds of archives that are opened.</summary>
internal static class InputContainers
{
    /// <summary>All of them; a file is of one kind at most.</summary>
    public static IReadOnlyList<IInputContainer> All { get; } = [new TarContainer(), new ZipContainer()];
}
