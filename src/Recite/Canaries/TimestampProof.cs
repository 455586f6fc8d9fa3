using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Recite.Canaries;

/// <summary>What an RFC 3161 token proves of a root, checked without a network.</summary>
/// <param name="Time">When the authority says it saw the root.</param>
/// <param name="Authority">Subject of the certificate that signed.</param>
/// <param name="Problem">What does not fit, in one sentence; <see langword="null"/> for a token that is sound.</param>
/// <param name="IsTrusted">Whether the certificate leads to an authority that was named; <see langword="null"/> where none was.</param>
public sealed record TimestampProof(DateTimeOffset Time, string Authority, string? Problem, bool? IsTrusted)
{
    /// <summary>Most bytes of a token.</summary>
    public const int MostBytes = 64 << 10;

    /// <summary>Checks a token: it is one, speaks of this root, is signed by the certificate it holds, and that certificate is one for timestamps.</summary>
    /// <param name="token">The token, DER.</param>
    /// <param name="root">The SHA-256 it must speak of.</param>
    /// <param name="authorities">Certificates to trust; empty to leave that open.</param>
    public static TimestampProof Check(byte[] token, ReadOnlySpan<byte> root, X509Certificate2Collection authorities)
    {
        if (token.Length > MostBytes || !TryDecode(token, out Rfc3161TimestampToken decoded, out int consumed) || consumed != token.Length)
            return Fail("The timestamp is no RFC 3161 token, or something stands behind it.");

        Rfc3161TimestampTokenInfo info = decoded.TokenInfo;
        if (!string.Equals(info.HashAlgorithmId.Value, "2.16.840.1.101.3.4.2.1", StringComparison.Ordinal) || !info.GetMessageHash().Span.SequenceEqual(root))
            return Fail("The timestamp speaks of another root than this commitment's.");
        if (!IsSigned(decoded, root, out X509Certificate2? signer) || signer is null)
            return Fail("The timestamp's signature does not fit the certificate it holds, or that certificate is not for timestamps.");

        using (signer)
        {
            bool? trusted = authorities.Count == 0 ? null : LeadsTo(signer, decoded, authorities, info.Timestamp);
            string? problem = trusted is false ? $"The timestamp was signed by {signer.Subject}, which does not lead to the authority that was named." : null;
            return new TimestampProof(info.Timestamp, signer.Subject, problem, trusted);
        }
    }

    private static TimestampProof Fail(string problem) => new(default, "", problem, null);

    // The decoder throws on some of what is no token: bytes from outside decide that, and both are the same answer.
    private static bool TryDecode(byte[] token, out Rfc3161TimestampToken decoded, out int consumed)
    {
        try
        {
            if (Rfc3161TimestampToken.TryDecode(token, out Rfc3161TimestampToken? found, out consumed))
            {
                decoded = found;
                return true;
            }
        }
        catch (CryptographicException)
        {
            consumed = 0;
        }

        decoded = null!;
        return false;
    }

    private static bool IsSigned(Rfc3161TimestampToken token, ReadOnlySpan<byte> root, out X509Certificate2? signer)
    {
        try
        {
            return token.VerifySignatureForHash(root, HashAlgorithmName.SHA256, out signer);
        }
        catch (CryptographicException)
        {
            signer = null;
            return false;
        }
    }

    // Only what the token and the user hold is used: no download, no revocation list, and the time is the token's own.
    private static bool LeadsTo(X509Certificate2 signer, Rfc3161TimestampToken token, X509Certificate2Collection authorities, DateTimeOffset time)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.8"));
        return chain.Build(signer);
    }
}
