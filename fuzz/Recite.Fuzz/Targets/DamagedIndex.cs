using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;

namespace Recite.Fuzz.Targets;

/// <summary>A small index with every kind of file, of which one can be replaced at a time.</summary>
internal sealed class DamagedIndex
{
    private const int Guarantee = 32;
    private const string RemovedId = "gone";

    // Each a whole stride of this guarantee, so that sampled k-grams meet often enough to make heavy lists, in more than one order.
    private const string Row = "seventeen letter ";
    private const string OtherRow = "another row here ";
    private const int Rows = 80;

    // In the order of the committed inputs, which name a file by its place here.
    private static readonly PartKind?[] Kinds = [.. Enum.GetValues<PartKind>().Order(), null];

    private readonly Dictionary<string, byte[]> _originals;
    private readonly IndexManifest _manifest;
    private readonly Dictionary<string, string> _fileOfPart = new(StringComparer.Ordinal);

    private DamagedIndex(string path)
    {
        Path = path;
        _manifest = ManifestFile.Read(path);
        foreach ((string file, ManifestPart part) in _manifest.Segments.SelectMany(segment => segment.Files()))
            _fileOfPart.TryAdd(part.Name, System.IO.Path.Combine(PartNames.SegmentsDirectory, file));
        _originals = _fileOfPart.Values.Append(ManifestFile.FileName).ToDictionary(file => file, file => File.ReadAllBytes(System.IO.Path.Combine(path, file)), StringComparer.Ordinal);
    }

    /// <summary>What the index holds and is asked for.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails.",
        string.Concat(Enumerable.Range(0, Rows).Select(i => i % 5 == 4 ? OtherRow : Row)),
        "Über den Wolken, so hieß es, wären die Grenzen der Freiheit gewiß noch offen. Далеко за горами, в тихой долине, стоит старый дом.",
        string.Join(' ', Enumerable.Range(0, 300)),
    ];

    /// <summary>How many files can be named: one of each kind, then the manifest.</summary>
    public static int FileCount => Kinds.Length;

    public string Path { get; }

    public static DamagedIndex Make(TextStore store)
    {
        string path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("recite-fuzz-").FullName, "corpus.rix");
        var options = new CorpusBuildOptions { Guarantee = Guarantee, Store = store, Threads = 1 };
        IEnumerable<Document> documents = Texts.Append(Texts[0] + Texts[2]).Append(Texts[0]).Select((text, i) => Named($"d{i}", text)).Append(Named(RemovedId, Texts[^1] + Texts[0]));
        CorpusBuilder.BuildAsync(documents.ToAsyncEnumerable(), path, options, null, CancellationToken.None).GetAwaiter().GetResult();
        CorpusAdder.AddAsync(_ => new[] { Named("added", Texts[1]), Named("new", Texts[2] + Texts[1]) }.ToAsyncEnumerable(), path, options, null, CancellationToken.None).GetAwaiter().GetResult();
        CorpusRemover.RemoveAsync(path, [RemovedId], CancellationToken.None).GetAwaiter().GetResult();
        return new DamagedIndex(path);
    }

    /// <summary>The file of that place; null where this index has none of the kind.</summary>
    public string? FileAt(int place) => Kinds[place] is not { } kind ? ManifestFile.FileName : _fileOfPart.GetValueOrDefault(PartNames.Of(kind));

    public byte[] Original(string file) => [.. _originals[file]];

    public void Damage(string file, byte[] content)
    {
        if (string.Equals(file, ManifestFile.FileName, StringComparison.Ordinal))
        {
            Write(file, WithDigest(content));
            return;
        }

        if (content.Length >= PartHeader.Bytes)
        {
            const int ChecksumOffset = PartHeader.Bytes - sizeof(ulong);
            BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(ChecksumOffset), XxHash3.HashToUInt64(content.AsSpan(0, ChecksumOffset)));
        }

        Write(file, content);
        string name = System.IO.Path.GetFileName(file);
        ManifestPart Resized(string owner, ManifestPart part) => PartNames.FileName(owner, part.Name) == name ? part with { Bytes = content.Length } : part;
        List<ManifestSegment> segments = [.. _manifest.Segments.Select(segment => segment with
        {
            Parts = [.. segment.Parts.Select(part => Resized(segment.Name, part))],
            Removed = segment.Removed is { } removed ? removed with { Part = Resized(removed.Name, removed.Part) } : null,
        })];
        Write(ManifestFile.FileName, ManifestFile.Serialize(ManifestFile.WithDigest(_manifest with { Segments = segments })));
    }

    public void Repair(string file)
    {
        Write(file, _originals[file]);
        Write(ManifestFile.FileName, _originals[ManifestFile.FileName]);
    }

    private static Document Named(string id, string text) => new(id, $"file:{id}", Encoding.UTF8.GetBytes(text));

    // A manifest that can be read at all gets the digest that belongs to it.
    private static byte[] WithDigest(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, ManifestJson.Default.IndexManifest) is { } manifest ? ManifestFile.Serialize(ManifestFile.WithDigest(manifest)) : content;
        }
        catch (JsonException)
        {
            return content;
        }
    }

    private void Write(string file, byte[] content) => File.WriteAllBytes(System.IO.Path.Combine(Path, file), content);
}
