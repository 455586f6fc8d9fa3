using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>Reads and writes <c>manifest.json</c>. The bytes are canonical: what was read must serialize to the same bytes.</summary>
internal static class ManifestFile
{
    public const string FileName = "manifest.json";

    private const int LargestManifest = 64 << 20;

    public static IndexManifest WithDigest(IndexManifest manifest)
    {
        byte[] bytes = Serialize(manifest with { Digest = "" });
        return manifest with { Digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }

    /// <summary>The manifest of segments that were written by one plan.</summary>
    public static IndexManifest Describe(SegmentPlan plan, IReadOnlyList<ManifestSegment> segments) => WithSegments(
        new IndexManifest
        {
            Normalization = new ManifestNormalization(
                plan.Normalizer.Name, plan.Normalizer.Version, plan.Normalizer.UnicodeVersion, plan.Normalizer.TableDigest),
            Guarantee = plan.Sampling.Guarantee,
            Gram = plan.Sampling.Gram,
            Store = plan.Store == TextStore.Raw ? "raw" : "zstd",
            Documents = 0,
            Copies = 0,
            Removed = 0,
            Bytes = 0,
            Segments = [],
        },
        segments);

    /// <summary>A manifest of the same kind with other segments.</summary>
    public static IndexManifest WithSegments(IndexManifest manifest, IReadOnlyList<ManifestSegment> segments) => WithDigest(manifest with
    {
        Documents = segments.Sum(segment => segment.LiveDocuments),
        Copies = segments.Sum(segment => segment.LiveDocuments) - segments.Sum(segment => segment.LiveTexts),
        Removed = segments.Sum(segment => segment.Removed?.Documents ?? 0),
        Bytes = segments.Sum(segment => segment.LiveBytes),
        Segments = segments,
    });

    public static byte[] Serialize(IndexManifest manifest) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.IndexManifest), (byte)'\n'];

    /// <summary>Reads the manifest of an index directory.</summary>
    /// <exception cref="ReciteException">There is none, it is damaged, or a newer program wrote it.</exception>
    public static IndexManifest Read(string indexPath)
    {
        byte[] bytes = ReadBytes(indexPath);
        RefuseNewer(indexPath, bytes);
        IndexManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(bytes, ManifestJson.Default.IndexManifest) ?? throw Damaged(indexPath, "it is empty");
        }
        catch (JsonException e)
        {
            throw Damaged(indexPath, $"it is not the JSON that was written (line {e.LineNumber + 1})");
        }

        if (WithDigest(manifest).Digest != manifest.Digest || !Serialize(manifest).AsSpan().SequenceEqual(bytes))
            throw Damaged(indexPath, "its digest does not hold");
        return manifest;
    }

    private static byte[] ReadBytes(string indexPath)
    {
        string path = Path.Combine(indexPath, FileName);
        if (!File.Exists(path))
        {
            throw new ReciteException(Directory.Exists(indexPath)
                ? $"'{indexPath}' holds no finished index (no {FileName}). Name an index, or build one: recite index build INPUT... -o NAME.rix"
                : File.Exists(indexPath)
                ? $"'{indexPath}' is a file, and an index is a directory. Name an index, or build one: recite index build INPUT... -o NAME.rix"
                : $"There is no index at '{indexPath}'. Build one: recite index build INPUT... -o {indexPath}");
        }

        try
        {
            var file = new FileInfo(path);
            return file.Length <= LargestManifest ? File.ReadAllBytes(path) : throw Damaged(indexPath, "it is far too long");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"The index at '{indexPath}' cannot be read: {e.Message}", e);
        }
    }

    // Asked before anything else is understood: a newer manifest may have any other shape.
    private static void RefuseNewer(string indexPath, byte[] bytes)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("formatVersion", out JsonElement version)
                && version.ValueKind == JsonValueKind.Number
                && version.TryGetInt32(out int number)
                && number > IndexManifest.CurrentFormatVersion)
            {
                throw new ReciteException(
                    $"The index at '{indexPath}' has format version {number}; this program reads up to {IndexManifest.CurrentFormatVersion}. Use a newer Recite or build the index anew.");
            }
        }
        catch (JsonException e)
        {
            throw Damaged(indexPath, $"it is not JSON (line {e.LineNumber + 1})");
        }
    }

    private static ReciteException Damaged(string indexPath, string how) =>
        new($"The manifest of the index at '{indexPath}' is damaged: {how}. Build the index anew.");
}

/// <summary>Serializer metadata without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(IndexManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
