namespace Recite.Ingest.Jsonl;

/// <summary>What one line gave.</summary>
/// <param name="Text">The text as UTF-8; empty when <paramref name="Problem"/> is set.</param>
/// <param name="Id">The id as it stands in the line; null when there is none.</param>
/// <param name="Uri">The URI as it stands in the line; null when there is none.</param>
/// <param name="Problem">What is wrong with the line, as the end of a sentence that starts with its number; null when nothing is.</param>
internal readonly record struct JsonRecord(ReadOnlyMemory<byte> Text, string? Id, string? Uri, string? Problem);
