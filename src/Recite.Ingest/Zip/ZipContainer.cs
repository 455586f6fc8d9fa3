using System.Runtime.CompilerServices;
using Recite.Ingest.Containers;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Zip;

/// <summary>Opens zip archives, also those with another ending (.jar, .cbz) or none. Books and Word documents have readers of their own.</summary>
internal sealed class ZipContainer : IInputContainer
{
    /// <inheritdoc/>
    public bool CanOpen(string fileName, ReadOnlySpan<byte> head) => ZipFlavors.Of(fileName, head) switch
    {
        ZipFlavor.Archive or ZipFlavor.OtherOffice => true,
        ZipFlavor.None => Path.GetExtension(fileName).Equals(".zip", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainedFile> FilesAsync(InputFile container, IngestOptions options, UnpackBudget budget, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        ZipFlavors.RefuseOther(container, "a ZIP archive");
        if (ZipFlavors.Of(container.FileName, container.Head.Span) == ZipFlavor.OtherOffice)
            throw new IngestException(SkipKind.Unsupported, $"{container.Label} is an Office file that is no Word document: export it as CSV or as text.");

        await using Stream archive = await SeekableContent.OpenAsync(container, options, ct);
        bool hasFile = false;
        foreach (ZipEntry entry in await ZipDirectory.ReadAsync(archive, container.Label, ct))
        {
            ct.ThrowIfCancellationRequested();
            if (entry.IsFolder || ContainedPath.Clean(entry.Path) is not { } path)
                continue;
            hasFile = true;
            if (TryOpen(archive, entry, budget, log, container.Name + ContainedPath.Separator + path) is { } content)
                yield return new ContainedFile(path, content);
        }

        if (!hasFile)
            log.Notice(NoticeKind.Empty, $"{container.Label} holds no file: there is nothing to index.");
    }

    // One bad file in an archive is no reason to leave out the others.
    private static ZipEntryStream? TryOpen(Stream archive, ZipEntry entry, UnpackBudget budget, IngestLog log, string name)
    {
        try
        {
            return ZipEntryStream.Open(archive, entry, budget, Printable.Show(name));
        }
        catch (IngestException error)
        {
            log.Skip(name, null, error.Kind, error.Message);
            return null;
        }
    }
}
