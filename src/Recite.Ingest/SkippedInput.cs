namespace Recite.Ingest;

/// <summary>A file, or one record of it, that gave no document.</summary>
/// <param name="Input">The input's name: its path below the folder or pattern that was given; <c>a.zip!/b.txt</c> inside an archive.</param>
/// <param name="Line">The line of a JSON Lines file or the row of a table, counted from 1; null when the whole file, or its rest, is meant.</param>
/// <param name="Kind">What kind of failure it is.</param>
/// <param name="Reason">One whole sentence that names the input and the line, ready to be printed as it is.</param>
public sealed record SkippedInput(string Input, long? Line, SkipKind Kind, string Reason);
