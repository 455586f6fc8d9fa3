using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recite.Canaries;

/// <summary>
/// A list of canaries that can be proved later: texts and salts from a secret seed, and for each group the member that is planted, chosen
/// by a coin that is thrown only after all texts are fixed. The coin is derived from the seed and from the root over the texts, so that
/// neither texts nor roles can be changed alone.
/// </summary>
/// <param name="Parameters">The public parameters.</param>
/// <param name="Seed">The secret seed, 32 bytes in hexadecimal.</param>
/// <param name="Entries">The texts, group by group.</param>
public sealed record CanaryEscrow(CanaryParameters Parameters, string Seed, IReadOnlyList<CanaryEntry> Entries)
{
    private const int SeedBytes = 32;

    /// <summary>Random seed of the places where copies are planted, unless another is named.</summary>
    public ulong PlantingSeed => BinaryPrimitives.ReadUInt64BigEndian(new CanaryRandom(Convert.FromHexString(Seed), "places").Bytes(8)) >> 1;

    /// <summary>Makes a list.</summary>
    /// <param name="parameters">What to make.</param>
    /// <param name="words">Where the words come from.</param>
    /// <param name="chosenSeed">A seed for a list that can be made again; <see langword="null"/> for one that nobody can guess.</param>
    /// <exception cref="Recite.Indexing.ReciteException">The parameters are out of bounds.</exception>
    public static CanaryEscrow Create(CanaryParameters parameters, WordSource words, ulong? chosenSeed)
    {
        parameters.Check();
        byte[] seed = chosenSeed is { } chosen
            ? SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"recite canary seed {chosen}")))
            : RandomNumberGenerator.GetBytes(SeedBytes);
        return Derive(parameters with { SeedIsRandom = chosenSeed is null, WordList = words.Digest }, words, Convert.ToHexStringLower(seed));
    }

    /// <summary>The list that a seed gives.</summary>
    internal static CanaryEscrow Derive(CanaryParameters parameters, WordSource words, string seed)
    {
        byte[] key = Convert.FromHexString(seed);
        var salts = new CanaryRandom(key, "salts");
        CanaryEntry[] texts = [.. CanaryGenerator.Make(parameters, key, words).Select((text, i) => new CanaryEntry
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"canary-{i:00000}"),
            Group = i / parameters.GroupSize,
            IsPlanted = false,
            Duplicates = 0,
            Text = text.Text,
            Secret = text.Secret,
            Salt = Convert.ToHexStringLower(salts.Bytes(SeedBytes)),
            RoleSalt = Convert.ToHexStringLower(salts.Bytes(SeedBytes)),
        })];

        int[] planted = ThrowCoins(parameters, key, TextsRoot(texts));
        CanaryEntry[] entries = [.. texts.Select((entry, i) => planted[entry.Group] == i % parameters.GroupSize
            ? entry with { IsPlanted = true, Duplicates = parameters.DuplicatesOf(entry.Group) }
            : entry)];
        return new CanaryEscrow(parameters, seed, entries);
    }

    /// <summary>Which member of each group is planted.</summary>
    internal static int[] ThrowCoins(CanaryParameters parameters, ReadOnlySpan<byte> seed, byte[] textsRoot)
    {
        var coin = new CanaryRandom(seed, "roles " + Convert.ToHexStringLower(textsRoot));
        return [.. Enumerable.Range(0, parameters.Groups).Select(_ => coin.Below(parameters.GroupSize))];
    }

    /// <summary>The root over texts and salts.</summary>
    internal static byte[] TextsRoot(IReadOnlyList<CanaryEntry> entries) => MerkleTree.Root([.. entries.Select((entry, i) => entry.TextLeaf(i))]);

    /// <summary>What is published: it binds texts, roles and parameters and shows none of the first two.</summary>
    public CanaryCommitment Commit()
    {
        byte[] texts = TextsRoot(Entries);
        byte[] roles = MerkleTree.Root([.. Entries.Select((entry, i) => entry.RoleLeaf(i))]);
        return new CanaryCommitment(Parameters, Convert.ToHexStringLower(texts), Convert.ToHexStringLower(roles), null);
    }
}
