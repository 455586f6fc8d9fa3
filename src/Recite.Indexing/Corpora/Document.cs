namespace Recite.Indexing.Corpora;

/// <summary>One text of a corpus, as it is handed to the index.</summary>
/// <param name="Id">Stable name of the document inside its corpus; unique, never an absolute path.</param>
/// <param name="Uri">Where the text came from, as a person would look it up; falls back to the id.</param>
/// <param name="Text">The decoded text as valid UTF-8. Offsets in matches count bytes of this.</param>
/// <param name="Encoding">What the bytes were decoded from, for instance <c>utf-8</c> or <c>iso-8859-1</c>.</param>
public sealed record Document(string Id, string Uri, ReadOnlyMemory<byte> Text, string Encoding = "utf-8");
