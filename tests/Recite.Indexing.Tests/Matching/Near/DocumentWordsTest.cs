using System.Text;
using CsCheck;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Matching.Near;

public sealed class DocumentWordsTest
{
    // Letters of one to four bytes, scripts whose letters are words, marks on either, and runs without any border.
    private static readonly string[] s_pieces = ["word", "a", "état", "नमस्ते", "漢字", "สวัสดี", "𝒳", "e\u0301\u0323", "漢\u0301x", ". ", " ", " ", new string('q', 300), "\u0301"];

    [Fact]
    public void Gives_the_words_of_the_whole_document_from_any_border_in_both_directions() =>
        Gen.Select(Gen.Int[0, s_pieces.Length - 1].Array[1, 150], Gen.Int[0, 1 << 20], Gen.Bool).Sample((draws, at, isExact) =>
        {
            string text = string.Concat(draws.Select(i => s_pieces[i]));
            using SmallCorpus corpus = SmallCorpus.Build(
                ["before it", text + " x", "behind it"], SmallCorpus.Options(32, at % 2 == 0 ? TextStore.Raw : TextStore.Zstd) with { Normalization = isExact ? "exact" : "text" });
            SegmentReader segment = corpus.Index.Segments[0];
            DocumentRow row = segment[1];
            NormalizedText normalized = corpus.Index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(text + " x"));
            var vocabulary = new WordVocabulary(normalized);
            int word = at % vocabulary.Words.Length;

            var forward = new DocumentWords(vocabulary, forward: true);
            forward.Begin(segment, row, row.NormalizedStart + vocabulary.Spans[word].Start);
            Assert.Equal(vocabulary.Words[word..], ReadAll(forward));

            var backward = new DocumentWords(vocabulary, forward: false);
            backward.Begin(segment, row, row.NormalizedStart + vocabulary.Spans[word].Start);
            Assert.Equal(vocabulary.Words[..word].Reverse(), ReadAll(backward));
            for (int i = 0; i < word; i++)
            {
                TextSpan span = vocabulary.Spans[word - 1 - i];
                Assert.Equal((row.NormalizedStart + span.Start, span.Length), (backward.At(i).Start, backward.At(i).Bytes));
            }
        }, iter: 150);

    private static List<int> ReadAll(DocumentWords words)
    {
        List<int> all = [];
        while (words[all.Count] != OutwardWords.End)
            all.Add(words[all.Count]);
        return all;
    }
}
