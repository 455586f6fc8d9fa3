namespace Recite.SelfTest.Oracles;

/// <summary>One code point of normalized text and the original bytes it came from.</summary>
/// <param name="Start">First byte in the normalized text.</param>
/// <param name="End">One past the last.</param>
/// <param name="SourceStart">First byte of the original stretch.</param>
/// <param name="SourceEnd">One past the last.</param>
/// <param name="Word">Ordinal of the word it belongs to, or -1 for a separator.</param>
public readonly record struct OraclePoint(int Start, int End, int SourceStart, int SourceEnd, int Word);

/// <summary>A text as the oracle sees it: nothing here is shared with the engine that it judges.</summary>
/// <param name="Id">The text's name.</param>
/// <param name="Bytes">Its normalized form in UTF-8.</param>
/// <param name="Points">The code points of the normalized form and where each came from.</param>
public sealed record OracleText(string Id, byte[] Bytes, OraclePoint[] Points);
