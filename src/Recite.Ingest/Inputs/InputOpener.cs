using Recite.Indexing;
using Recite.Ingest.Compression;

namespace Recite.Ingest.Inputs;

/// <summary>Opens a file or standard input, unpacks it once, and reads its head.</summary>
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
        string fileName = Path.GetFileName(path.FullPath!);
        return await OpenAsync(stream, path.Name, fileName, PackedName.FromName(fileName), ct);
    }

    /// <summary>Opens standard input, which has no name to go by: packing is told from the first bytes.</summary>
    public Task<InputFile> OpenStandardInputAsync(Stream standardInput, string name, CancellationToken ct) =>
        OpenAsync(new PrefixedStream(default, standardInput, leaveOpen: true), name, InputResolver.StandardInputName, claimed: null, ct);

    private async Task<InputFile> OpenAsync(Stream stream, string name, string fileName, PackedFormat? claimed, CancellationToken ct)
    {
        try
        {
            ReadOnlyMemory<byte> head = await ReadHeadAsync(stream, ct);
            PackedFormat shown = PackedName.FromHead(head.Span);
            PackedFormat format = claimed ?? shown;
            if (format == PackedFormat.None || head.IsEmpty)
                return new InputFile(name, fileName, head, new PrefixedStream(head, stream));

            string label = Printable.Show(name);
            if (shown != format)
                throw new ReciteException($"{label} is not {PackedName.Describe(format)}, whatever its name says: rename it to what it is.");

            stream = new UnpackingStream(new PrefixedStream(head, stream), format, options, label);
            if (claimed is not null)
                fileName = Path.GetFileNameWithoutExtension(fileName);

            ReadOnlyMemory<byte> content = await ReadHeadAsync(stream, ct);
            if (PackedName.FromHead(content.Span) != PackedFormat.None)
                throw new ReciteException($"{label} is packed more than once: unpack it until one layer is left.");
            return new InputFile(name, fileName, content, new PrefixedStream(content, stream));
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
