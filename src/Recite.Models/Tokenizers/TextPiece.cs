namespace Recite.Models.Tokenizers;

/// <summary>A half-open span of a <see cref="CodePointText"/>, in code points; no token reaches over its borders.</summary>
internal readonly record struct TextPiece(int Start, int End);
