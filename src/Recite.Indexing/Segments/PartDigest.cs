using System.IO.Hashing;
using System.Security.Cryptography;

namespace Recite.Indexing.Segments;

/// <summary>
/// The digest of a segment's file: payload first, header second. Tables of documents have SHA-256, and with the keys of all texts among them
/// the texts themselves, too. What is derived from the texts, and their bytes on disk, have XXH3-128, which finds damage at the speed of
/// memory: who could change them on purpose could also build another index.
/// </summary>
internal sealed class PartDigest : IDisposable
{
    private readonly IncrementalHash? _sha256;
    private readonly XxHash128? _xxHash;

    public PartDigest(PartKind kind)
    {
        if (IsOfTexts(kind))
            _xxHash = new XxHash128();
        else
            _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _xxHash?.Append(bytes);
        _sha256?.AppendData(bytes);
    }

    /// <summary>The algorithm, a colon and hexadecimal digits.</summary>
    public string Finish() => _xxHash is not null
        ? "xxh128:" + Convert.ToHexStringLower(_xxHash.GetHashAndReset())
        : "sha256:" + Convert.ToHexStringLower(_sha256!.GetHashAndReset());

    public void Dispose() => _sha256?.Dispose();

    private static bool IsOfTexts(PartKind kind) =>
        kind is PartKind.Text or PartKind.Normalized or PartKind.Directory or PartKind.Prints or PartKind.Slots or PartKind.Heavy;
}
