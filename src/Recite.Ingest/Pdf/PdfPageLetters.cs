using UglyToad.PdfPig.Content;

namespace Recite.Ingest.Pdf;

/// <summary>The letters that a page shows, in the order in which it draws them, each with its place.</summary>
internal sealed record PdfPageLetters(IReadOnlyList<Letter> Letters);
