namespace Recite.Ingest.Inputs;

/// <summary>
/// The content of an input as a stream that can be read at any place, which formats with a directory at their end need: the
/// file itself where it is one, else a copy, in memory while it is small and in a temporary file that has no name any more.
/// </summary>
internal static class SeekableContent
{
    private const int MemoryBytes = 32 << 20;
    private const int BufferBytes = 128 << 10;

    /// <summary>Gives the stream, at its beginning. It is the caller's to dispose of; the input's own stream survives that.</summary>
    /// <exception cref="IngestException">A copy is needed and would be longer than allowed.</exception>
    public static async Task<Stream> OpenAsync(InputFile file, IngestOptions options, CancellationToken ct)
    {
        if (file.Content is PrefixedStream { Seekable: { } own })
        {
            own.Position = 0;
            return new BufferedStream(new UnownedStream(own), BufferBytes);
        }

        if (file.Content.CanSeek)
        {
            file.Content.Position = 0;
            return new UnownedStream(file.Content);
        }

        Stream copy = new MemoryStream();
        try
        {
            byte[] buffer = new byte[BufferBytes];
            while (true)
            {
                int length = await file.Content.ReadAsync(buffer, ct);
                if (length == 0)
                    break;
                if (copy.Length + length > options.MaxSpooledBytes)
                    throw new IngestException(SkipKind.Limit, $"{file.Label} must be read from its end and is longer than {Printable.Bytes(options.MaxSpooledBytes)} once unpacked: unpack it, and give it as a file of its own.");
                if (copy is MemoryStream && copy.Length + length > MemoryBytes)
                    copy = await MoveToFileAsync(copy, ct);
                await copy.WriteAsync(buffer.AsMemory(0, length), ct);
            }

            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    private static async Task<Stream> MoveToFileAsync(Stream memory, CancellationToken ct)
    {
        string path = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = BufferBytes,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);

        // Without its name the file is gone when the process is, whatever ends it; only Windows cannot do that.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        memory.Position = 0;
        await memory.CopyToAsync(file, ct);
        await memory.DisposeAsync();
        return file;
    }
}
