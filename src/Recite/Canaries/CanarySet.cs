using System.Security.Cryptography;
using System.Text.Json;
using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>The canaries of a file, whoever wrote it: planted ones and references of the same generator.</summary>
/// <param name="Entries">All of them, in the order of the file.</param>
/// <param name="Escrow">What can be proved of them; <see langword="null"/> for lists that were never committed to.</param>
/// <param name="Digest">SHA-256 of the file.</param>
public sealed record CanarySet(IReadOnlyList<CanaryEntry> Entries, CanaryEscrow? Escrow, string Digest)
{
    /// <summary>Reads a list: what <c>recite canary create</c> or <c>plant</c> wrote, or any <c>recite.canaries/1</c>.</summary>
    /// <exception cref="ReciteException">The file cannot be read, is no such list, or was altered.</exception>
    public static CanarySet Read(string path)
    {
        byte[] file = BoundedFile.Read(path, SealedJson.MostBytes, "canary list");
        using JsonDocument json = SealedJson.Parse(file, path, "canary list");
        var root = new JsonFields(json.RootElement, path);
        if ((root.Has("digest") || root.Has("parameters")) && !SealedJson.IsIntact(file))
            throw new ReciteException($"The canary list {path} was altered: its digest does not fit its content. Use the file as it was written.");
        string digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file));
        if (root.Has("parameters"))
        {
            CanaryEscrow escrow = CanaryJson.ReadEscrow(root);
            return new CanarySet(escrow.Entries, escrow, digest);
        }

        CanaryEntry[] entries = [.. root.Objects("canaries").Take(CanaryParameters.MostTexts + 1).Select(CanaryJson.ReadEntry)];
        if (entries.Length > CanaryParameters.MostTexts)
            throw new ReciteException($"The canary list {path} holds more than {CanaryParameters.MostTexts} texts.");
        if (entries.Select(e => e.Id).Distinct(StringComparer.Ordinal).Count() < entries.Length)
            throw new ReciteException($"The canary list {path} names two canaries alike; give each an 'id' of its own.");
        return new CanarySet(entries, null, digest);
    }
}
