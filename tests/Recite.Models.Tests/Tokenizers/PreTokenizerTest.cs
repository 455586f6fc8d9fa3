using System.Text.Json;
using Recite.Indexing;
using Recite.Models.Tokenizers;

namespace Recite.Models.Tests.Tokenizers;

public sealed class PreTokenizerTest
{
    [Theory]
    [InlineData("Isolated", "the|-|final|-|-|countdown")]
    [InlineData("MergedWithPrevious", "the-|final-|-|countdown")]
    [InlineData("MergedWithNext", "the|-final|-|-countdown")]
    [InlineData("Contiguous", "the|-|final|--|countdown")]
    public void Splits_as_each_behaviour_says(string behavior, string expected)
    {
        // The example of the format's own documentation.
        string split = $$"""{"type": "Split", "pattern": {"String": "-"}, "behavior": "{{behavior}}", "invert": false}""";
        Assert.Equal(expected, Split(split, "the-final--countdown"));
    }

    [Fact]
    public void An_inverted_pattern_splits_around_what_it_does_not_match() =>
        Assert.Equal("ab|12|c", Split("""{"type": "Split", "pattern": {"Regex": "[a-z]+"}, "behavior": "Isolated", "invert": true}""", "ab12c"));

    [Fact]
    public void A_sequence_splits_each_piece_further() =>
        Assert.Equal("ab|1|2|,| c", Split(
            """{"type": "Split", "pattern": {"Regex": " ?[a-z]+"}, "behavior": "Isolated"}, {"type": "Digits", "individual_digits": true}, {"type": "Punctuation", "behavior": "Isolated"}""",
            "ab12, c"));

    [Fact]
    public void Digits_in_one_run_stay_together_unless_they_are_individual() =>
        Assert.Equal("a|12|b", Split("""{"type": "Digits", "individual_digits": false}""", "a12b"));

    [Fact]
    public void A_pattern_that_takes_too_long_is_one_sentence()
    {
        using var fixture = new TokenizerFixture();
        fixture.Json["pre_tokenizer"] = System.Text.Json.Nodes.JsonNode.Parse(
            """{"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "(a+)+$"}, "behavior": "Isolated"}, {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]}""");
        ByteLevelTokenizer tokenizer = fixture.Load();
        var error = Assert.Throws<ReciteException>(() => tokenizer.Encode(new string('a', 60) + "!"));
        Assert.Contains("takes too long", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stand_ins_have_the_category_they_stand_for()
    {
        foreach (int code in Enumerable.Range(0x10000, 0x30000))
        {
            string text = char.ConvertFromUtf32(code);
            char standIn = new CodePointText(text).Text[0];
            Assert.Equal(System.Globalization.CharUnicodeInfo.GetUnicodeCategory(code), char.GetUnicodeCategory(standIn));
            Assert.Equal(char.IsWhiteSpace(standIn), System.Text.Rune.IsWhiteSpace(new System.Text.Rune(code)));
        }
    }

    private static string Split(string steps, string text)
    {
        string json = $$"""{"type": "Sequence", "pretokenizers": [{{steps}}, {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]}""";
        PreTokenizer preTokenizer = PreTokenizerReader.Read(JsonDocument.Parse(json).RootElement);
        List<TextPiece> pieces = [new TextPiece(0, text.Length)];
        foreach (PieceSplitter splitter in preTokenizer.Splitters)
        {
            var finer = new List<TextPiece>();
            pieces.ForEach(piece => splitter.Split(text, piece, finer));
            pieces = finer;
        }

        return string.Join('|', pieces.Select(piece => text[piece.Start..piece.End]));
    }
}
