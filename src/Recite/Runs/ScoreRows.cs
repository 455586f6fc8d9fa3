using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Recite.Indexing;
using Recite.Targets;

namespace Recite.Runs;

/// <summary>Turns scores into rows and back: one row for each scheme, that of temperature 1 with everything that the others share.</summary>
internal static class ScoreRows
{
    /// <summary>One row.</summary>
    public sealed record Row(int Ordinal, string Context, string Scheme, SuffixScore Score, bool IsExact);

    public static void Insert(SqliteCommand insert, StoredScore stored)
    {
        Execute(insert, stored, StoredScore.PlainScheme, stored.Score.LogProbabilities, isExact: true);
        for (int i = 0; i < stored.Schemes.Count && stored.Score.Error is null; i++)
            Execute(insert, stored, stored.Schemes[i], stored.Score.Schemes[i].LogProbabilities, stored.Score.Schemes[i].IsExact);
    }

    public static Row Read(SqliteDataReader row)
    {
        string? error = row.IsDBNull(9) ? null : row.GetString(9);
        double[] logProbabilities = UnpackDoubles(row, 3);
        int[] ranks = UnpackIntegers(row, 4);
        double[] margins = UnpackDoubles(row, 5);
        return new Row(
            row.GetInt32(0),
            row.GetString(1),
            row.GetString(2),
            new SuffixScore(logProbabilities, ranks, margins) { IsCutBetweenTokens = row.GetInt32(7) != 0, TokenCount = row.GetInt32(8), Error = error },
            row.GetInt32(6) != 0);
    }

    /// <summary>Puts the rows of one pass together again.</summary>
    public static IReadOnlyList<StoredScore> Group(IEnumerable<Row> rows) =>
    [
        .. rows.GroupBy(row => (row.Ordinal, row.Context)).Select(pass =>
        {
            Row plain = pass.FirstOrDefault(row => string.Equals(row.Scheme, StoredScore.PlainScheme, StringComparison.Ordinal))
                ?? throw new ReciteException($"The run file lacks a part of the score of attempt {pass.Key.Ordinal}; it may be damaged.");
            Row[] schemes = [.. pass.Where(row => row != plain)];
            return new StoredScore(
                plain.Ordinal,
                plain.Context,
                plain.Score with { RequestIndex = plain.Ordinal, Schemes = [.. schemes.Select(row => new SchemeScore(row.Score.LogProbabilities, row.IsExact))] },
                [.. schemes.Select(row => row.Scheme)]);
        }),
    ];

    private static void Execute(SqliteCommand insert, StoredScore stored, string scheme, IReadOnlyList<double> logProbabilities, bool isExact)
    {
        bool isPlain = string.Equals(scheme, StoredScore.PlainScheme, StringComparison.Ordinal);
        SqliteParameterCollection parameters = insert.Parameters;
        parameters.Clear();
        parameters.AddWithValue("$ordinal", stored.Ordinal);
        parameters.AddWithValue("$context", stored.Context);
        parameters.AddWithValue("$scheme", scheme);
        parameters.AddWithValue("$logProbabilities", Pack(logProbabilities));
        parameters.AddWithValue("$ranks", isPlain ? Pack(stored.Score.Ranks) : DBNull.Value);
        parameters.AddWithValue("$margins", isPlain ? Pack(stored.Score.Margins) : DBNull.Value);
        parameters.AddWithValue("$exact", isExact ? 1 : 0);
        parameters.AddWithValue("$onBorder", stored.Score.IsCutBetweenTokens ? 1 : 0);
        parameters.AddWithValue("$tokenCount", isPlain ? stored.Score.TokenCount : 0);
        parameters.AddWithValue("$error", (object?)stored.Score.Error ?? DBNull.Value);
        insert.ExecuteNonQuery();
    }

    // 64-bit little-endian IEEE 754 numbers, so that what is read back is what was measured, infinities and NaN included.
    private static byte[] Pack(IReadOnlyList<double> values)
    {
        byte[] bytes = new byte[values.Count * sizeof(double)];
        for (int i = 0; i < values.Count; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        return bytes;
    }

    private static byte[] Pack(IReadOnlyList<int> values)
    {
        byte[] bytes = new byte[values.Count * sizeof(int)];
        for (int i = 0; i < values.Count; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        return bytes;
    }

    private static double[] UnpackDoubles(SqliteDataReader row, int column)
    {
        byte[] bytes = row.IsDBNull(column) ? [] : row.GetFieldValue<byte[]>(column);
        double[] values = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)));
        return values;
    }

    private static int[] UnpackIntegers(SqliteDataReader row, int column)
    {
        byte[] bytes = row.IsDBNull(column) ? [] : row.GetFieldValue<byte[]>(column);
        int[] values = new int[bytes.Length / sizeof(int)];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * sizeof(int)));
        return values;
    }
}
