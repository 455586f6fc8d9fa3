namespace Recite.Canaries;

/// <summary>What is published before training.</summary>
/// <param name="Parameters">How the canaries were made.</param>
/// <param name="Texts">Root over the salted texts, in hexadecimal.</param>
/// <param name="Roles">Root over the salted roles, in hexadecimal.</param>
/// <param name="Token">RFC 3161 timestamp token over <see cref="Root"/>; <see langword="null"/> where the date is unproven.</param>
public sealed record CanaryCommitment(CanaryParameters Parameters, string Texts, string Roles, byte[]? Token)
{
    /// <summary>What a file without a timestamp says of its date.</summary>
    public const string Unproven = "date unproven: only the clock of its maker says when this was made";

    /// <summary>The root over parameters, texts and roles, in hexadecimal: the 32 bytes to publish and to have timestamped.</summary>
    public string Root => Convert.ToHexStringLower(RootBytes());

    /// <summary>The same as bytes.</summary>
    internal byte[] RootBytes() => MerkleTree.Root([Parameters.Leaf(), Convert.FromHexString(Texts), Convert.FromHexString(Roles)]);
}
