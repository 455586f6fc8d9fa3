using System.Diagnostics.CodeAnalysis;

namespace Recite.Indexing.Text.Internals;

/// <summary>Canonical decompositions and compositions; loaded when the first text needs them, since most never do. The same for every table. Hangul is computed.</summary>
internal static class CompositionTables
{
    private static readonly Dictionary<int, int[]> s_decompositions;
    private static readonly Dictionary<long, int> s_compositions;

    static CompositionTables()
    {
        UnicodeTableReader reader = FoldingTable.Second.ReadCompositions();
        s_decompositions = reader.ReadDecompositions();
        s_compositions = reader.ReadCompositions();
    }

    /// <summary>The full canonical decomposition, if there is one.</summary>
    public static bool TryDecompose(int codePoint, [NotNullWhen(true)] out int[]? parts) => s_decompositions.TryGetValue(codePoint, out parts);

    /// <summary>The primary composite of two code points, if there is one.</summary>
    public static bool TryCompose(int first, int second, out int composite) =>
        s_compositions.TryGetValue(((long)first << 32) | (uint)second, out composite);
}
