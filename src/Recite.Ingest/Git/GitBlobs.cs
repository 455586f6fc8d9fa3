using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Recite.Ingest.Git;

/// <summary>Asks <c>git cat-file --batch</c> for one object after the other, and ends it.</summary>
internal sealed class GitBlobs(Process reader) : IDisposable
{
    private const int MaxHeaderBytes = 256;

    private readonly BufferedStream _answers = new(reader.StandardOutput.BaseStream, 64 << 10);
    private GitBlobStream? _last;

    /// <summary>Opens an object; what was not read of the one before is read over.</summary>
    /// <exception cref="IngestException">There is no such object here.</exception>
    /// <exception cref="IOException">The program has gone.</exception>
    public async Task<Stream> OpenAsync(string name, string label, CancellationToken ct)
    {
        if (_last is not null)
            await _last.SkipRestAsync(ct);
        _last = null;
        await reader.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes(name + "\n"), ct);
        await reader.StandardInput.BaseStream.FlushAsync(ct);

        // "NAME blob LENGTH" or "NAME missing".
        string[] header = (await ReadLineAsync(ct)).Split(' ');
        if (header is not [_, "blob", var digits] || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
            throw new IngestException(SkipKind.Unreadable, $"{label} is tracked, but its content is not in the repository, as in a partial clone: fetch it with git first.");
        return _last = new GitBlobStream(_answers, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _last?.Dispose();
        _answers.Dispose();
        GitProgram.End(reader);
    }

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (line.Length <= MaxHeaderBytes)
        {
            await _answers.ReadExactlyAsync(one, ct);
            if (one[0] == '\n')
                return line.ToString();
            line.Append((char)one[0]);
        }

        throw new IOException("git gave an answer that is none.");
    }
}
