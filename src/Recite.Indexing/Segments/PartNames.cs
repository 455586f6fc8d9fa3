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
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string FileName(string segment, string part) => $"{segment}.{part}";
}
