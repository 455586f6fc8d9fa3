namespace Recite.Ingest.Git;

/// <summary>One entry of a tree.</summary>
/// <param name="Mode">Its mode as git writes it: <c>100644</c>, <c>120000</c> for a link, <c>160000</c> for a submodule.</param>
/// <param name="Object">Name of its object.</param>
/// <param name="LengthBytes">Its length; null for a submodule, or when the object is missing.</param>
/// <param name="Path">Its path from the root of the tree.</param>
internal readonly record struct GitEntry(string Mode, string Object, long? LengthBytes, string Path)
{
    /// <summary>Whether it is a file with content.</summary>
    public bool IsFile => Mode.StartsWith("100", StringComparison.Ordinal);

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink => Mode is "120000";
}
