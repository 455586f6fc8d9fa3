using System.Globalization;
using System.Text;
using Recite.Indexing;

namespace Recite.Canaries.Scoring;

/// <summary>
/// Scores that are known already, on disk: one line each, written before it counts, so that an interrupted scoring goes on. The first line
/// says what is being scored; the last line may be torn and is left out then. A score that failed is not kept: it is asked again.
/// </summary>
public sealed class ScoreJournal : IDisposable
{
    private const int MostBytes = 64 << 20;

    private readonly Dictionary<int, double> _scores = [];
    private readonly FileStream? _stream;
    private readonly string? _path;

    private ScoreJournal(FileStream? stream, string? path) => (_stream, _path) = (stream, path);

    /// <summary>A journal that keeps nothing.</summary>
    public static ScoreJournal Nothing() => new(null, null);

    /// <summary>Scores that an earlier call left.</summary>
    public int Known => _scores.Count;

    /// <summary>Opens a journal or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What is being scored: another list, target or measure is another key.</param>
    /// <exception cref="ReciteException">The journal is of something else, or cannot be read or written.</exception>
    public static ScoreJournal Open(string path, string key)
    {
        byte[] file = File.Exists(path) ? BoundedFile.Read(path, MostBytes, "score journal") : [];
        int whole = file.AsSpan().LastIndexOf((byte)'\n') + 1;
        string[] lines = Encoding.UTF8.GetString(file, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > 0 && !string.Equals(lines[0], key, StringComparison.Ordinal))
            throw new ReciteException($"{path} is the journal of another scoring (list, target or options differ); finish that one, or remove the file.");

        FileStream stream = new(path, Runs.PrivateFile.Options(FileMode.OpenOrCreate, FileShare.None));
        stream.SetLength(whole);
        stream.Seek(0, SeekOrigin.End);
        var journal = new ScoreJournal(stream, path);
        foreach (string line in lines.Skip(1))
        {
            string[] parts = line.Split(' ');
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int at) || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double score))
                throw new ReciteException($"{path} is damaged at the line '{(line.Length > 40 ? line[..40] : line)}'; remove the file and score again.");
            journal._scores[at] = score;
        }

        if (lines.Length == 0)
            journal.Write(key + "\n");
        return journal;
    }

    /// <summary>The scoring is done: the journal is not needed any more.</summary>
    public void Finish()
    {
        Dispose();
        if (_path is not null)
            File.Delete(_path);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    internal bool TryGet(int position, out double? score)
    {
        bool known = _scores.TryGetValue(position, out double value);
        score = known ? value : null;
        return known;
    }

    internal void Add(IReadOnlyList<int> positions, IReadOnlyList<double?> scores)
    {
        var lines = new StringBuilder();
        for (int i = 0; i < positions.Count; i++)
        {
            if (scores[i] is { } score)
                lines.Append(CultureInfo.InvariantCulture, $"{positions[i]} {score:R}\n");
        }

        Write(lines.ToString());
    }

    private void Write(string text)
    {
        _stream?.Write(Encoding.UTF8.GetBytes(text));
        _stream?.Flush(flushToDisk: true);
    }
}
