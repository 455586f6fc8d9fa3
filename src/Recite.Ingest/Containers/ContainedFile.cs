namespace Recite.Ingest.Containers;

/// <summary>One file of a container.</summary>
/// <param name="Path">Its path as <see cref="ContainedPath"/> made it safe.</param>
/// <param name="Content">Its bytes, to be read once, before the next file.</param>
internal readonly record struct ContainedFile(string Path, Stream Content);
