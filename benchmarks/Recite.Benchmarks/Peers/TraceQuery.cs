using System.Buffers.Binary;

namespace Recite.Benchmarks.Peers;

/// <summary>Where a query comes from.</summary>
internal enum QueryKind
{
    /// <summary>A window of a document that was kept out of the corpus.</summary>
    HeldOut,

    /// <summary>Such a window with passages of the corpus written over it.</summary>
    Planted,

    /// <summary>A window of the corpus.</summary>
    Verbatim,
}

/// <summary>A normalized text to be traced.</summary>
internal sealed record TraceQuery(QueryKind Kind, byte[] Text);

/// <summary>Queries as every driver reads them: 32-bit count, then for each its 32-bit length and bytes, little-endian.</summary>
internal static class QueryFile
{
    public static void Write(string path, IReadOnlyList<TraceQuery> queries)
    {
        using FileStream file = File.Create(path);
        WriteNumber(file, queries.Count);
        foreach (TraceQuery query in queries)
        {
            WriteNumber(file, query.Text.Length);
            file.Write(query.Text);
        }
    }

    public static byte[][] Read(string path)
    {
        ReadOnlySpan<byte> left = File.ReadAllBytes(path);
        var queries = new byte[ReadNumber(ref left)][];
        for (int i = 0; i < queries.Length; i++)
        {
            int length = ReadNumber(ref left);
            queries[i] = left[..length].ToArray();
            left = left[length..];
        }

        return queries;
    }

    private static void WriteNumber(FileStream file, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        file.Write(bytes);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> left)
    {
        int number = BinaryPrimitives.ReadInt32LittleEndian(left);
        left = left[sizeof(int)..];
        return number;
    }
}
