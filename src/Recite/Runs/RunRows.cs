using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Recite.Indexing;
using Recite.Targets;

namespace Recite.Runs;

/// <summary>Turns attempts and results into rows and back.</summary>
internal static class RunRows
{
    private static readonly Dictionary<Disposition, string> s_words = new()
    {
        [Disposition.Completed] = "completed",
        [Disposition.Truncated] = "truncated",
        [Disposition.Refused] = "refused",
        [Disposition.Filtered] = "filtered",
        [Disposition.Empty] = "empty",
        [Disposition.Error] = "error",
    };

    public static string Word(Disposition disposition) => s_words[disposition];

    public static void Bind(SqliteCommand command, PlannedAttempt attempt)
    {
        SqliteParameterCollection parameters = command.Parameters;
        parameters.Clear();
        Add(parameters, "$ordinal", attempt.Ordinal);
        Add(parameters, "$id", attempt.Id);
        Add(parameters, "$arm", attempt.Arm);
        Add(parameters, "$probe", attempt.Probe);
        Add(parameters, "$sample", attempt.Sample);
        Add(parameters, "$stratum", attempt.Stratum);
        Add(parameters, "$prompt", attempt.Prompt);
        Add(parameters, "$promptTokens", Pack(attempt.PromptTokens));
        Add(parameters, "$suffix", attempt.Suffix);
        Add(parameters, "$suffixTokens", Pack(attempt.SuffixTokens));
        Add(parameters, "$maxTokens", attempt.MaxTokens);
        Add(parameters, "$seed", unchecked((long)attempt.Seed));
        Add(parameters, "$document", attempt.Source?.Document);
        Add(parameters, "$documentId", attempt.Source?.Id);
        Add(parameters, "$documentUri", attempt.Source?.Uri);
        Add(parameters, "$prefixStart", attempt.Source?.Start);
        Add(parameters, "$suffixStart", attempt.Source?.Middle);
        Add(parameters, "$suffixEnd", attempt.Source?.End);
    }

    public static void Bind(SqliteCommand command, AttemptResult result)
    {
        SqliteParameterCollection parameters = command.Parameters;
        Completion completion = result.Completion;
        parameters.Clear();
        Add(parameters, "$ordinal", result.Ordinal);
        Add(parameters, "$disposition", Word(completion.Disposition));
        Add(parameters, "$completion", completion.Text);
        Add(parameters, "$tokens", Pack(completion.Tokens));
        Add(parameters, "$promptTokens", completion.PromptTokenCount);
        Add(parameters, "$completionTokens", completion.CompletionTokenCount);
        Add(parameters, "$error", completion.Error);
        Add(parameters, "$finishReason", completion.FinishReason);
        Add(parameters, "$requestId", completion.RequestId);
    }

    public static PlannedAttempt ReadAttempt(SqliteDataReader row) => new()
    {
        Ordinal = row.GetInt32(0),
        Id = row.GetString(1),
        Arm = row.GetString(2),
        Probe = row.GetString(3),
        Sample = row.GetString(4),
        Stratum = Text(row, 5),
        Prompt = row.GetString(6),
        PromptTokens = Unpack(row, 7),
        Suffix = Text(row, 8),
        SuffixTokens = Unpack(row, 9),
        MaxTokens = row.GetInt32(10),
        Seed = unchecked((ulong)row.GetInt64(11)),
        Source = row.IsDBNull(12)
            ? null
            : new SampleSource(row.GetInt64(12), row.GetString(13), row.GetString(14), row.GetInt64(15), row.GetInt64(16), row.GetInt64(17)),
    };

    public static AttemptResult ReadResult(SqliteDataReader row)
    {
        int ordinal = row.GetInt32(0);
        return new AttemptResult(ordinal, new Completion
        {
            RequestIndex = ordinal,
            Disposition = ReadDisposition(row.GetString(1)),
            Text = row.GetString(2),
            Tokens = Unpack(row, 3),
            PromptTokenCount = row.IsDBNull(4) ? null : row.GetInt32(4),
            CompletionTokenCount = row.IsDBNull(5) ? null : row.GetInt32(5),
            Error = Text(row, 6),
            FinishReason = Text(row, 7),
            RequestId = Text(row, 8),
        });
    }

    private static Disposition ReadDisposition(string word)
    {
        foreach ((Disposition disposition, string known) in s_words)
        {
            if (string.Equals(known, word, StringComparison.Ordinal))
                return disposition;
        }

        throw new ReciteException($"The run file holds the disposition '{word}', which this version does not know; it may be damaged.");
    }

    private static void Add(SqliteParameterCollection parameters, string name, object? value) =>
        parameters.AddWithValue(name, value ?? DBNull.Value);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    // Token ids as 32-bit little-endian numbers.
    private static byte[]? Pack(IReadOnlyList<int>? ids)
    {
        if (ids is null)
            return null;
        byte[] bytes = new byte[ids.Count * sizeof(int)];
        for (int i = 0; i < ids.Count; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), ids[i]);
        return bytes;
    }

    private static int[]? Unpack(SqliteDataReader row, int column)
    {
        if (row.IsDBNull(column))
            return null;
        byte[] bytes = row.GetFieldValue<byte[]>(column);
        int[] ids = new int[bytes.Length / sizeof(int)];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * sizeof(int)));
        return ids;
    }
}
