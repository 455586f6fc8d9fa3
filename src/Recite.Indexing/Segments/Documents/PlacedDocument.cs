using Recite.Indexing.Corpora;

namespace Recite.Indexing.Segments.Documents;

/// <summary>A document on its way into a segment, after it was decided whether its text is stored.</summary>
/// <param name="Document">The document.</param>
/// <param name="Key">The key of its text.</param>
/// <param name="Original">Row of the document that holds its text already, counted over all segments; <see cref="DocumentRow.HoldsText"/> for a new text.</param>
internal readonly record struct PlacedDocument(Document Document, UInt128 Key, long Original);
