namespace Recite.Lab.Canaries;

/// <summary>A random sequence of words and the number of documents that repeat it.</summary>
internal sealed record Canary(string Id, int Duplicates, string Text);
