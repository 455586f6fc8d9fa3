using System.Text;

namespace Recite.Ingest.Jsonl;

/// <summary>Where a field is: the names of the objects that lead to it and its own, as UTF-8.</summary>
/// <param name="Name">The path as the user wrote it, <c>meta.url</c>.</param>
/// <param name="Segments">Its names, from the outermost.</param>
internal sealed record FieldPath(string Name, IReadOnlyList<byte[]> Segments)
{
    /// <summary>The ways to read a path: a field that has the dots in its own name goes before one inside an object.</summary>
    public static IReadOnlyList<FieldPath> Parse(string path)
    {
        var literal = new FieldPath(path, [Encoding.UTF8.GetBytes(path)]);
        if (!path.Contains('.', StringComparison.Ordinal))
            return [literal];
        return [literal, new FieldPath(path, [.. path.Split('.').Select(Encoding.UTF8.GetBytes)])];
    }
}
