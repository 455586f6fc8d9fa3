using System.Text;

namespace Recite.Ingest.Encodings;

/// <summary>
/// Guesses what a text that is not Unicode is in, where its bytes leave no fair doubt: the double-byte encodings of Japanese,
/// Chinese and Korean by their structure and by which rows of their tables are used, the Cyrillic ones by letters and case.
/// </summary>
/// <remarks>
/// Null is an answer: too short a text, or one in which two encodings are alike probable. The caller says aloud what was
/// guessed, and the user can name the encoding.
/// </remarks>
internal static class LegacyGuess
{
    /// <summary>The encoding that the bytes show; null when they show none.</summary>
    /// <param name="bytes">A text, or its beginning, that is not valid UTF-8.</param>
    public static Encoding? Of(ReadOnlySpan<byte> bytes)
    {
        string? name = ShiftJisScan.Of(bytes).IsJapanese ? "shift_jis" : EucScan.Of(bytes).Guess() ?? BigScan.Of(bytes).Guess() ?? CyrillicGuess.Of(bytes);
        return name is null ? null : CodePages.Find(name);
    }
}
