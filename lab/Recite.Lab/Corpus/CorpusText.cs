namespace Recite.Lab.Corpus;

/// <summary>One text of the demo corpus; the id is its path under its root, with slashes.</summary>
internal sealed record CorpusText(string Id, string Text);
