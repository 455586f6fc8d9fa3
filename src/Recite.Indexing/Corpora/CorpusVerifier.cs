using System.Security.Cryptography;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>Checks every byte of an index against its manifest: lengths, headers and SHA-256 of each file.</summary>
public static class CorpusVerifier
{
    private const int BufferBytes = 1 << 20;

    /// <summary>One sentence for each thing that is wrong; empty when the index is sound.</summary>
    /// <exception cref="ReciteException">There is no index to verify.</exception>
    public static IReadOnlyList<string> Verify(string indexPath, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        if (!File.Exists(Path.Combine(indexPath, ManifestFile.FileName)))
            ManifestFile.Read(indexPath);

        IndexManifest manifest;
        try
        {
            manifest = ManifestFile.Read(indexPath);
        }
        catch (ReciteException e)
        {
            return [e.Message];
        }

        string directory = Path.Combine(indexPath, PartNames.SegmentsDirectory);
        foreach (ManifestSegment segment in manifest.Segments)
        {
            foreach (ManifestPart part in segment.Parts)
            {
                if (Check(Path.Combine(directory, PartNames.FileName(segment.Name, part.Name)), part, cancellationToken) is { } sentence)
                    wrong.Add(sentence);
            }
        }

        if (wrong.Count == 0 && OpenProblem(indexPath) is { } problem)
            wrong.Add(problem);
        return wrong;
    }

    private static string? Check(string path, ManifestPart part, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(path);
        if (!File.Exists(path))
            return $"The index file '{name}' is missing.";
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes);
            if (stream.Length != part.Bytes)
                return $"The index file '{name}' has {stream.Length} bytes where the manifest says {part.Bytes}.";
            return Digest(stream, cancellationToken) == part.Sha256 ? null : $"The index file '{name}' is not what was written: its SHA-256 differs.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The index file '{name}' cannot be read: {e.Message}";
        }
    }

    // Payload first, header second, as the writer digests them.
    private static string Digest(FileStream stream, CancellationToken cancellationToken)
    {
        Span<byte> header = stackalloc byte[PartHeader.Bytes];
        stream.ReadExactly(header);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        hash.AppendData(header);
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Digests say that nothing changed since the build; opening says that this program can use it.
    private static string? OpenProblem(string indexPath)
    {
        try
        {
            using CorpusIndex index = CorpusIndex.Open(indexPath);
            return null;
        }
        catch (ReciteException e)
        {
            return e.Message;
        }
    }
}
