namespace Recite.Ingest;

/// <summary>A text as valid UTF-8.</summary>
/// <param name="Text">The text; for input that is valid UTF-8 exactly its bytes, a byte order mark included.</param>
/// <param name="Encoding">What it was decoded from: <c>utf-8</c>, <c>utf-16le</c>, <c>iso-8859-1</c>, ...</param>
/// <param name="Notice">A sentence for the user when the decoder had to guess or to replace something; else null.</param>
public sealed record DecodedText(ReadOnlyMemory<byte> Text, string Encoding, string? Notice);
