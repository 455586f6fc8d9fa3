using System.Text;
using Recite.Indexing.Corpora;

namespace Recite.SelfTest.Oracles;

/// <summary>
/// Where words stand in documents, by looking through all of them. Reads the original bytes, folds case with the runtime's own mapping and
/// takes everything that is no letter, mark or digit for space: no index, no normalizer and no table of the engine.
/// </summary>
internal sealed class FoldedScan
{
    private readonly Dictionary<string, Document> _documents;
    private readonly string[] _folded;

    /// <summary>Reads the documents.</summary>
    public FoldedScan(IReadOnlyList<Document> documents)
    {
        _documents = documents.ToDictionary(document => document.Id, StringComparer.Ordinal);
        _folded = [.. documents.Select(document => Fold(document.Text.Span)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether these folded words stand in a document.</summary>
    public bool Holds(string folded) => Array.Exists(_folded, text => text.Contains(folded, StringComparison.Ordinal));

    /// <summary>The folded words of a place; <see langword="null"/> when there is no such document or no such place in it.</summary>
    public string? Read(string document, long start, long end) =>
        _documents.TryGetValue(document, out Document? found) && start >= 0 && start <= end && end <= found.Text.Length
            ? Fold(found.Text.Span[(int)start..(int)end])
            : null;

    /// <summary>The words of a text with one space between them.</summary>
    public static string Fold(ReadOnlySpan<byte> utf8)
    {
        var folded = new StringBuilder(utf8.Length);
        bool isOpen = false;
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out Rune rune, out int length);
            utf8 = utf8[length..];
            bool isWord = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
            if (isWord && !isOpen && folded.Length > 0)
                folded.Append(' ');

            // Up first: a final sigma and a sigma are one letter only in capitals.
            if (isWord)
                folded.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString());
            isOpen = isWord;
        }

        return folded.ToString();
    }
}
