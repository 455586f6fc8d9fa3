using System.Runtime.CompilerServices;
using Recite.Ingest.Containers;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Tar;

/// <summary>Opens tar archives (ustar, pax, GNU and the old form without a name), packed or not, read once from front to back.</summary>
internal sealed class TarContainer : IInputContainer
{
    /// <inheritdoc/>
    public bool CanOpen(string fileName, ReadOnlySpan<byte> head) =>
        Path.GetExtension(fileName).Equals(".tar", StringComparison.OrdinalIgnoreCase) || (TarHeader.IsHeader(head) && head[0] != 0);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainedFile> FilesAsync(InputFile container, IngestOptions options, UnpackBudget budget, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!TarHeader.IsHeader(container.Head.Span) && container.Head.Span.ContainsAnyExcept((byte)0))
            throw new IngestException(SkipKind.WrongName, $"{container.Label} is not a tar archive, whatever its name says, or its first block is damaged: rename it to what it is, or fetch it again.");

        var blocks = new TarBlocks(container);
        bool hasFile = false;
        while (await blocks.NextAsync(ct))
        {
            TarHeader header = blocks.Header;
            if (ContainedPath.Clean(header.Path) is not { } path || header.Type == '5')
                continue;
            string name = container.Name + ContainedPath.Separator + path;
            if (blocks.IsSparse || header.Type == 'S')
            {
                log.Skip(name, null, SkipKind.Unsupported, $"{Printable.Show(name)} is stored as a sparse file: pack it anew without that, or give it as a file of its own.");
            }
            else if (header.IsFile)
            {
                hasFile = true;
                yield return new ContainedFile(path, new TarContentStream(blocks));
            }
            else
            {
                log.Notice(NoticeKind.LeftOut, $"{Printable.Show(name)} is a link or a device and no file: it was left out.");
            }
        }

        if (!hasFile)
            log.Notice(NoticeKind.Empty, $"{container.Label} holds no file: there is nothing to index.");
    }
}
