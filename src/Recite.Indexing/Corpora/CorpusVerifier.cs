using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>Checks every byte of an index against its manifest, lengths, headers and the digest of each file, and every text against its SHA-256.</summary>
public static class CorpusVerifier
{
    private const int BufferBytes = 1 << 20;
    private const int MostTries = 5;

    /// <summary>One sentence for each thing that is wrong; empty when the index is sound.</summary>
    /// <exception cref="ReciteException">There is no index to verify.</exception>
    public static IReadOnlyList<string> Verify(string indexPath, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(indexPath, ManifestFile.FileName)))
            ManifestFile.Read(indexPath);

        for (int tries = 1; ; tries++)
        {
            IndexManifest manifest;
            try
            {
                manifest = ManifestFile.Read(indexPath);
            }
            catch (ReciteException e)
            {
                return [e.Message];
            }

            List<string> wrong = Check(indexPath, manifest, cancellationToken);
            if (wrong.Count == 0 || !HasChanged(indexPath, manifest))
                return wrong;

            // A writer has committed meanwhile and removed files of the index that was being verified: nothing is known of the new one.
            if (tries == MostTries)
                return [$"The index at '{indexPath}' was changed {MostTries} times while it was being verified; verify it when nobody writes it."];
        }
    }

    private static List<string> Check(string indexPath, IndexManifest manifest, CancellationToken cancellationToken)
    {
        string directory = Path.Combine(indexPath, PartNames.SegmentsDirectory);
        var wrong = new List<string>();
        foreach ((string file, ManifestPart part) in manifest.Segments.SelectMany(segment => segment.Files()))
        {
            if (Check(Path.Combine(directory, file), part, cancellationToken) is { } sentence)
                wrong.Add(sentence);
        }

        if (wrong.Count == 0)
            wrong.AddRange(CheckContents(indexPath, manifest, cancellationToken));
        return wrong;
    }

    private static bool HasChanged(string indexPath, IndexManifest manifest)
    {
        try
        {
            return ManifestFile.Read(indexPath).Digest != manifest.Digest;
        }
        catch (ReciteException)
        {
            // It was sound a moment ago; what is wrong with the files is what there is to say.
            return false;
        }
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
            if (PartNames.KindOf(part.Name) is not { } kind)
                return $"The index file '{name}' is of a kind that no index has.";
            return Digest(stream, kind, cancellationToken) == part.Digest ? null : $"The index file '{name}' is not what was written: its digest differs.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The index file '{name}' cannot be read: {e.Message}";
        }
    }

    // Payload first, header second, as the writer digests them.
    private static string Digest(FileStream stream, PartKind kind, CancellationToken cancellationToken)
    {
        Span<byte> header = stackalloc byte[PartHeader.Bytes];
        stream.ReadExactly(header);
        using var digest = new PartDigest(kind);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            digest.Append(buffer.AsSpan(0, read));
        }

        digest.Append(header);
        return digest.Finish();
    }

    // Digests say that nothing changed since the build; opening says that this program can use it, and the keys that the texts are those
    // of the documents.
    private static List<string> CheckContents(string indexPath, IndexManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            using CorpusIndex index = CorpusIndex.Open(indexPath, manifest);
            return [.. index.Segments.SelectMany(segment => TextVerifier.Check(segment, cancellationToken))];
        }
        catch (ReciteException e)
        {
            return [e.Message];
        }
    }
}
