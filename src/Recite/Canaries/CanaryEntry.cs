using System.Globalization;

namespace Recite.Canaries;

/// <summary>One text of a list: planted, or a decoy that never is.</summary>
public sealed record CanaryEntry
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>The group it was drawn in; -1 in lists without groups.</summary>
    public int Group { get; init; } = -1;

    /// <summary>Whether it is to be planted; decided by the coin after it was generated.</summary>
    public required bool IsPlanted { get; init; }

    /// <summary>Copies that are planted; 0 for decoys.</summary>
    public required int Duplicates { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>The part of the text that is the secret, where one is.</summary>
    public string? Secret { get; init; }

    /// <summary>Salt of the text's leaf, 32 bytes in hexadecimal; empty in lists without a commitment.</summary>
    public string Salt { get; init; } = "";

    /// <summary>Salt of the role's leaf: whoever is shown a text cannot work out its role.</summary>
    public string RoleSalt { get; init; } = "";

    /// <summary>Where each copy went; empty before planting.</summary>
    public IReadOnlyList<CanaryCopy> Copies { get; init; } = [];

    /// <summary>The role as files write it.</summary>
    public string Role => IsPlanted ? "planted" : "decoy";

    internal byte[] TextLeaf(int position) => CanaryLeaf.Encode("text", Position(position), Position(Group), Id, Salt, Secret ?? "", Text);

    internal byte[] RoleLeaf(int position) => CanaryLeaf.Encode("role", Position(position), RoleSalt, Role);

    private static string Position(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Where a copy was planted.</summary>
/// <param name="File">The file below the output folder, or the name of the output file.</param>
/// <param name="Line">Line of the written file, from 1.</param>
/// <param name="Offset">Byte of the written file at which the copy's line (JSON Lines) or text begins.</param>
/// <param name="InDocument">Whether it went into a document that was there, or is one of its own.</param>
public sealed record CanaryCopy(string File, long Line, long Offset, bool InDocument);
