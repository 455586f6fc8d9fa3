using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Recite.Indexing;
using Recite.Targets;

namespace Recite.Models.Replay;

/// <summary>A recording as it was read: its outputs in order and the digest of its bytes.</summary>
internal sealed record RecordedFile(IReadOnlyList<RecordedOutput> Records, string Digest)
{
    /// <summary>Longest line that is read.</summary>
    public const int MaximumLineBytes = 16 << 20;

    /// <summary>Reads a file of JSON Lines to its end; empty lines are passed over.</summary>
    /// <exception cref="ReciteException">The file cannot be read, or one of its lines is broken, too long or incomplete.</exception>
    public static async Task<RecordedFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return await ReadAsync(file, path, cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ReciteException($"The recording {path} does not exist.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"The recording {path} cannot be read: {error.Message}", error);
        }
    }

    private static async Task<RecordedFile> ReadAsync(Stream file, string path, CancellationToken cancellationToken)
    {
        List<RecordedOutput> records = [];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        PipeReader reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        for (int line = 1; ;)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> rest = result.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                Add(rest.Slice(0, end), line++);
                hash.AppendData("\n"u8);
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > MaximumLineBytes)
                throw new ReciteException($"{path}:{line}: this line is longer than {MaximumLineBytes >> 20} MiB.");
            if (result.IsCompleted)
            {
                Add(rest, line);
                break;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync();
        if (records.Count == 0)
            throw new ReciteException($"The recording {path} holds no output.");
        return new RecordedFile(records, $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}");

        void Add(ReadOnlySequence<byte> bytes, int line)
        {
            if (bytes.Length > MaximumLineBytes)
                throw new ReciteException($"{path}:{line}: this line is longer than {MaximumLineBytes >> 20} MiB.");
            byte[] json = bytes.ToArray();
            hash.AppendData(json);
            ReadOnlyMemory<byte> trimmed = line == 1 && json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsMemory(3) : json;
            trimmed = trimmed.Trim(" \t\r"u8);
            if (!trimmed.IsEmpty)
                records.Add(RecordedLine.Read(trimmed, $"{path}:{line}"));
        }
    }
}
