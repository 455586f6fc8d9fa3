using Microsoft.Data.Sqlite;
using Recite.Indexing;

namespace Recite.Runs;

/// <summary>Says in one sentence what SQLite's error codes mean for a run.</summary>
internal static class RunFailure
{
    public static ReciteException Explain(string id, SqliteException error) => new(
        error.SqliteErrorCode switch
        {
            5 or 6 => $"Run {id} is locked by another program; close it and run the command again.",
            8 => $"Run {id} cannot be written: its file or folder is read-only.",
            10 => $"The disk failed while run {id} was read or written; check it and run the same command again.",
            11 or 26 => $"The file of run {id} is damaged or is no run file; restore it or remove it with 'recite runs rm {id}'.",
            13 => $"The disk is full: run {id} stopped without losing an attempt. Make room and run the same command again.",
            14 => $"The file of run {id} cannot be opened; check its permissions.",
            _ => $"Run {id} cannot be read or written: {error.Message}",
        },
        error);
}
