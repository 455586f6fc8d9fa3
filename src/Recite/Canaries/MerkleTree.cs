using System.Security.Cryptography;

namespace Recite.Canaries;

/// <summary>
/// The Merkle tree hash of RFC 6962, section 2.1, with SHA-256: a leaf is hashed behind a zero byte, an inner node behind a one byte, so
/// that no inner node can be passed off as a leaf; a list is split at the largest power of two below its length.
/// </summary>
public static class MerkleTree
{
    /// <summary>Bytes of a root.</summary>
    public const int RootBytes = SHA256.HashSizeInBytes;

    /// <summary>The root over the leaves in their order; the SHA-256 of nothing where there are none.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 0)
            return SHA256.HashData([]);
        byte[][] hashes = [.. leaves.Select(HashLeaf)];
        return Root(hashes);
    }

    private static byte[] HashLeaf(byte[] leaf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(leaf);
        return hash.GetHashAndReset();
    }

    // The depth is the logarithm of the count, so recursion is safe.
    private static byte[] Root(ReadOnlySpan<byte[]> hashes)
    {
        if (hashes.Length == 1)
            return hashes[0];
        int split = 1;
        while (split * 2 < hashes.Length)
            split *= 2;
        return SHA256.HashData([1, .. Root(hashes[..split]), .. Root(hashes[split..])]);
    }
}
