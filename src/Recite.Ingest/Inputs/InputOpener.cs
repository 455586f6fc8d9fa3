using Recite.Ingest.Compression;
using Recite.Ingest.Containers;

namespace Recite.Ingest.Inputs;

/// <summary>Opens a file, standard input, or a file in an archive, unpacks it once, and reads its head.</summary>
internal sealed class InputOpener(IngestOptions options)
{
    /// <summary>Opens a file of the file system.</summary>
    public async Task<InputFile> OpenFileAsync(InputPath path, CancellationToken ct)
    {
        // Buffers are ours (heads, lines, unpackers), so the file needs none of its own.
        var stream = new FileStream(path.FullPath!, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        });
        return await OpenAsync(stream, path.Name, Path.GetFileName(path.FullPath!), budget: null, origin: "", ct);
    }

    /// <summary>Opens a file that lies in something else than a container.</summary>
    public async Task<InputFile> OpenContentAsync(InputContent content, string name, string fileName, CancellationToken ct) =>
        await OpenAsync(await content.OpenAsync(ct), name, fileName, budget: null, content.Origin, ct);

    /// <summary>Opens standard input, which has no name to go by.</summary>
    public Task<InputFile> OpenStandardInputAsync(Stream standardInput, string name, CancellationToken ct) =>
        OpenAsync(new PrefixedStream(default, standardInput, leaveOpen: true), name, InputResolver.StandardInputName, budget: null, origin: "", ct);

    /// <summary>Opens a file of a container; what it unpacks to is charged to the container's budget.</summary>
    public Task<InputFile> OpenContainedAsync(ContainedFile contained, string name, UnpackBudget budget, CancellationToken ct) =>
        OpenAsync(contained.Content, name, contained.Path[(contained.Path.LastIndexOf('/') + 1)..], budget, origin: "", ct);

    private async Task<InputFile> OpenAsync(Stream stream, string name, string fileName, UnpackBudget? budget, string origin, CancellationToken ct)
    {
        try
        {
            ReadOnlyMemory<byte> head = await ReadHeadAsync(stream, ct);
            PackedFormat claimed = PackedName.FromName(fileName);
            PackedFormat shown = PackedName.FromHead(head.Span);
            if ((claimed == PackedFormat.None && shown == PackedFormat.None) || head.IsEmpty)
                return new InputFile(name, fileName, head, new PrefixedStream(head, stream)) { Origin = origin };

            // A packed file may have lost its ending; a file that claims to be packed and is not has lost something else.
            string label = Printable.Show(name);
            if (claimed != PackedFormat.None && shown != claimed)
                throw new IngestException(SkipKind.WrongName, $"{label} is not {PackedName.Describe(claimed)}, whatever its name says: rename it to what it is.");

            stream = new UnpackingStream(new PrefixedStream(head, stream), shown, options, label, budget);
            if (claimed != PackedFormat.None)
                fileName = PackedName.Strip(fileName);

            ReadOnlyMemory<byte> content = await ReadHeadAsync(stream, ct);
            if (PackedName.FromHead(content.Span) != PackedFormat.None)
                throw new IngestException(SkipKind.Unsupported, $"{label} is packed more than once: unpack it until one layer is left.");
            return new InputFile(name, fileName, content, new PrefixedStream(content, stream)) { Origin = origin };
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadHeadAsync(Stream stream, CancellationToken ct)
    {
        // Folders of many small files: a head of 64 KiB each would be most of the memory traffic.
        long known = stream.CanSeek ? stream.Length : 0;
        byte[] head = new byte[known is > 0 and < InputFile.HeadBytes ? known + 1 : InputFile.HeadBytes];
        int length = await BoundedRead.FillAsync(stream, head, ct);
        return head.AsMemory(0, length);
    }
}
