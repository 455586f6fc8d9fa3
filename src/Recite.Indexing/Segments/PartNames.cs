namespace Recite.Indexing.Segments;

/// <summary>File names inside <c>segments/</c>: <c>SEGMENT.PART</c>.</summary>
internal static class PartNames
{
    public const string SegmentsDirectory = "segments";
    public const string TemporaryPrefix = ".building-";

    public static string Of(PartKind kind) => kind switch
    {
        PartKind.Text => "text",
        PartKind.Blocks => "blocks",
        PartKind.Documents => "docs",
        PartKind.Names => "names",
        PartKind.Directory => "dir",
        PartKind.Prints => "prints",
        PartKind.Slots => "slots",
        PartKind.Heavy => "heavy",
        PartKind.Normalized => "norm",
        PartKind.Keys => "keys",
        PartKind.Copies => "copies",
        PartKind.Removed => "removed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What a file with this ending holds; null where no file has it.</summary>
    public static PartKind? KindOf(string name) => Enum.GetValues<PartKind>().Where(kind => Of(kind) == name).Cast<PartKind?>().FirstOrDefault();

    /// <summary>A name made of a digest: a letter and its first 16 hexadecimal digits.</summary>
    public static string OfDigest(char kind, string sha256) => $"{kind}-{sha256["sha256:".Length..][..16]}";

    public static string FileName(string segment, string part) => $"{segment}.{part}";
}
