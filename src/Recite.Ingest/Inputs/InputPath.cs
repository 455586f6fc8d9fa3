namespace Recite.Ingest.Inputs;

/// <summary>A file to read.</summary>
/// <param name="FullPath">Where it is, or null for standard input. Never leaves this project.</param>
/// <param name="Name">What it is called: the path below the input that was given, with <c>/</c>.</param>
internal readonly record struct InputPath(string? FullPath, string Name);
