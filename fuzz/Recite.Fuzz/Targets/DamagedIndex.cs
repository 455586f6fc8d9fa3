using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;

namespace Recite.Fuzz.Targets;

/// <summary>A small index whose files can be replaced one at a time.</summary>
internal sealed class DamagedIndex
{
    private const int Guarantee = 32;

    private readonly Dictionary<string, byte[]> _originals;
    private readonly IndexManifest _manifest;

    private DamagedIndex(string path)
    {
        Path = path;
        _manifest = ManifestFile.Read(path);
        Files = [.. _manifest.Segments.SelectMany(segment => segment.Parts.Select(part => System.IO.Path.Combine(PartNames.SegmentsDirectory, PartNames.FileName(segment.Name, part.Name)))), ManifestFile.FileName];
        _originals = Files.ToDictionary(file => file, file => File.ReadAllBytes(System.IO.Path.Combine(path, file)), StringComparer.Ordinal);
    }

    /// <summary>What the index holds and is asked for.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails.",
        string.Concat(Enumerable.Repeat("the same row again and again in a table; ", 40)),
        "Über den Wolken, so hieß es, wären die Grenzen der Freiheit gewiß noch offen. Далеко за горами, в тихой долине, стоит старый дом.",
        string.Join(' ', Enumerable.Range(0, 300)),
    ];

    public string Path { get; }

    public IReadOnlyList<string> Files { get; }

    public static DamagedIndex Make(TextStore store)
    {
        string path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("recite-fuzz-").FullName, "corpus.rix");
        IEnumerable<Document> documents = Texts.Append(Texts[0] + Texts[2]).Select((text, i) => new Document($"d{i}", $"file:d{i}", Encoding.UTF8.GetBytes(text)));
        CorpusBuilder.BuildAsync(documents.ToAsyncEnumerable(), path, new CorpusBuildOptions { Guarantee = Guarantee, Store = store, Threads = 1 }, null, CancellationToken.None)
            .GetAwaiter().GetResult();
        return new DamagedIndex(path);
    }

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
        List<ManifestSegment> segments = [.. _manifest.Segments.Select(segment => segment with
        {
            Parts = [.. segment.Parts.Select(part => file.EndsWith(PartNames.FileName(segment.Name, part.Name), StringComparison.Ordinal) ? part with { Bytes = content.Length } : part)],
        })];
        Write(ManifestFile.FileName, ManifestFile.Serialize(ManifestFile.WithDigest(_manifest with { Segments = segments })));
    }

    public void Repair(string file)
    {
        Write(file, _originals[file]);
        Write(ManifestFile.FileName, _originals[ManifestFile.FileName]);
    }

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
