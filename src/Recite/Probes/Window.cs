namespace Recite.Probes;

/// <summary>An excerpt of a text, split in prefix and suffix. Offsets count UTF-8 bytes of the text it was cut from.</summary>
/// <param name="Start">First byte of the prefix.</param>
/// <param name="Middle">First byte of the suffix.</param>
/// <param name="End">One past the last byte of the suffix.</param>
/// <param name="PrefixTokens">The prefix as tokens of the text's own tokenization, where one of the lengths counts tokens.</param>
/// <param name="SuffixTokens">The suffix likewise.</param>
internal sealed record Window(int Start, int Middle, int End, IReadOnlyList<int>? PrefixTokens, IReadOnlyList<int>? SuffixTokens);
