using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.ML.Tokenizers;
using Recite.Models.Tokenizers;

namespace Recite.Models.Tests.Tokenizers;

public sealed class ByteLevelTokenizerTest : IDisposable
{
    private static readonly Regex s_gpt2 = new(
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.None, TimeSpan.FromSeconds(10));

    private static readonly string[] s_fragments =
        ["the", " cat", "  ", "\n\n ", "\t", "'s", "'ve", "12", " 2024", "Über", "日本語", "🙂", "𐌰𐌱", "e\u0301", "\u00A0", "<|endoftext|>", "!?", " (", "\0", "ß", "x", "\u3000", "½", "²"];

    private static readonly Gen<string> s_anyText = Gen.OneOf(
        Gen.OneOf(s_fragments).Array[0, 30].Select(string.Concat),
        Gen.String[Gen.Char, 0, 40],
        Gen.Int[0, 0x10FFFF].Where(code => code is < 0xD800 or > 0xDFFF).Array[0, 20].Select(codes => string.Concat(codes.Select(char.ConvertFromUtf32))));

    private readonly TokenizerFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Merges_every_piece_as_the_naive_oracle_does()
    {
        var vocabulary = new BpeVocabulary(_fixture.Bpe.Vocabulary, _fixture.Bpe.Merges, new HashSet<int>());
        Gen<byte[]> piece = Gen.OneOf(
            Gen.Byte.Array[0, 50],
            Gen.OneOf("the ", "cat", "and", "other", "än", "日", "e", "t", "h").Array[0, 15].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))));
        piece.Sample(bytes =>
        {
            var tokens = new List<Targets.Token>();
            new BpeMerger(vocabulary).Encode(bytes, 7, tokens);
            Assert.Equal(_fixture.Bpe.Encode(bytes), tokens.Select(token => token.Id));
        });
    }

    [Fact]
    public void Merges_random_grammars_as_the_naive_oracle_does()
    {
        // Merges in an order that no training would give: later merges that outrank the ones their parts come from.
        Gen<(string, string)> letterPair = Gen.Select(Gen.OneOf("a", "b", "ab", "ba", "aa", "aba"), Gen.OneOf("a", "b", "ab", "bb", "aab"));
        Gen.Select(letterPair.Array[1, 8], Gen.OneOf((byte)'a', (byte)'b').Array[0, 24]).Sample((merges, bytes) =>
        {
            var known = new HashSet<string>(StringComparer.Ordinal) { "a", "b" };
            List<(string, string)> valid = merges.Where(merge => known.Contains(merge.Item1) && known.Contains(merge.Item2) && known.Add(merge.Item1 + merge.Item2)).Reverse().ToList();
            var oracle = new NaiveBpe(valid);
            var merger = new BpeMerger(new BpeVocabulary(oracle.Vocabulary, valid, new HashSet<int>()));
            var tokens = new List<Targets.Token>();
            merger.Encode(bytes, 0, tokens);
            Assert.Equal(oracle.Encode(bytes), tokens.Select(token => token.Id));
        });
    }

    [Fact]
    public void A_merge_that_was_overtaken_waits_for_its_own_turn()
    {
        // On "abcd" b+c comes first; what stood for a+b may then not bring a+bc forward, for bc+d is before it.
        List<(string, string)> merges = [("b", "c"), ("a", "b"), ("bc", "d"), ("a", "bc")];
        var oracle = new NaiveBpe(merges);
        var tokens = new List<Targets.Token>();
        new BpeMerger(new BpeVocabulary(oracle.Vocabulary, merges, new HashSet<int>())).Encode("abcd"u8, 0, tokens);
        Assert.Equal([new Targets.Token(oracle.Vocabulary["a"], 0, 1), new Targets.Token(oracle.Vocabulary["bcd"], 1, 4)], tokens);
        Assert.Equal(oracle.Encode("abcd"u8.ToArray()), tokens.Select(token => token.Id));
    }

    [Fact]
    public void Encodes_texts_below_the_astral_planes_as_the_pattern_and_the_oracle_do()
    {
        ByteLevelTokenizer tokenizer = _fixture.Load();
        s_anyText.Where(text => !text.Any(char.IsSurrogate)).Sample(text =>
        {
            IEnumerable<int> expected = s_gpt2.Matches(text).SelectMany(match => _fixture.Bpe.Encode(Encoding.UTF8.GetBytes(match.Value)));
            Assert.Equal(expected, tokenizer.Encode(text).Select(token => token.Id));
        });
    }

    [Fact]
    public void Agrees_with_an_independent_implementation()
    {
        ByteLevelTokenizer tokenizer = _fixture.Load();
        var options = new BpeOptions(_fixture.Bpe.Vocabulary)
        {
            Merges = _fixture.Bpe.Merges.Select(merge => $"{merge.Left} {merge.Right}"),
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(s_gpt2, null),
        };
        BpeTokenizer reference = BpeTokenizer.Create(options);
        foreach (string text in (string[])["the cat and the other cat", "it's what they'd do  \n of the end", "Über 日本語 12 apples, 🙂 still"])
            Assert.Equal(reference.EncodeToIds(text), tokenizer.Encode(text).Select(token => token.Id));
    }

    [Fact]
    public void Spans_tile_the_text_and_hold_the_bytes_of_their_tokens()
    {
        ByteLevelTokenizer tokenizer = _fixture.Load();
        var bytesOf = _fixture.Bpe.Vocabulary.ToDictionary(entry => entry.Value, entry => entry.Key);
        s_anyText.Sample(text =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            int end = 0;
            foreach (Targets.Token token in tokenizer.Encode(text))
            {
                Assert.Equal(end, token.Start);
                Assert.Equal(bytesOf[token.Id], NaiveBpe.Spell(utf8[token.Start..token.End]));
                end = token.End;
            }

            Assert.Equal(utf8.Length, end);
        });
    }

    [Fact]
    public void Decoding_what_was_encoded_gives_the_text_where_it_is_valid()
    {
        ByteLevelTokenizer tokenizer = _fixture.Load();
        s_anyText.Sample(text =>
        {
            string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            Assert.Equal(valid, tokenizer.Decode([.. tokenizer.Encode(text).Select(token => token.Id)]));
        });
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_decode_to_the_replacement_character()
    {
        ByteLevelTokenizer tokenizer = _fixture.Load();
        int[] ids = tokenizer.Encode("aéb").Select(token => token.Id).ToArray();
        Assert.Equal(4, ids.Length);
        Assert.Equal("a\uFFFD", tokenizer.Decode(ids[..2]));
        Assert.Equal("\uFFFDb", tokenizer.Decode(ids[2..]));
    }

    [Fact]
    public void Letters_above_the_basic_plane_are_letters()
    {
        ByteLevelTokenizer tokenizer = _fixture.Load();
        // A space joins the letters after it only if the pattern sees letters there: one piece " 𐌰", else " " would merge with nothing.
        List<TextPiece> pieces = [];
        var text = new CodePointText("x 𐌰𐌱 𝟙2");
        PieceSplitter.Gpt2.Split(text.Text, new TextPiece(0, text.Text.Length), pieces);
        Assert.Equal([new TextPiece(0, 1), new TextPiece(1, 4), new TextPiece(4, 7)], pieces);
        Assert.Equal("x 𐌰𐌱 𝟙2", tokenizer.Decode([.. tokenizer.Encode("x 𐌰𐌱 𝟙2").Select(token => token.Id)]));
    }

    [Fact]
    public void Special_tokens_in_a_text_are_text()
    {
        ByteLevelTokenizer tokenizer = _fixture.Load();
        int[] ids = tokenizer.Encode("a<|endoftext|>b").Select(token => token.Id).ToArray();
        Assert.DoesNotContain(_fixture.EndOfTextId, ids);
        Assert.Equal("a<|endoftext|>b", tokenizer.Decode(ids));
        Assert.Equal("", tokenizer.Decode([_fixture.EndOfTextId, 999_999]));
    }

    [Fact]
    public void Added_tokens_that_are_ordinary_text_are_found_longest_first()
    {
        int first = _fixture.EndOfTextId + 1;
        JsonArray added = _fixture.Json["added_tokens"]!.AsArray();
        added.Add(TokenizerFixture.Added(first, "   ", special: false));
        added.Add(TokenizerFixture.Added(first + 1, "     ", special: false));
        ByteLevelTokenizer tokenizer = _fixture.Load();
        IReadOnlyList<Targets.Token> tokens = tokenizer.Encode("é     x   ");
        Assert.Equal([first + 1, first], tokens.Where(token => token.Id >= first).Select(token => token.Id));
        Assert.Contains(new Targets.Token(first + 1, 2, 7), tokens);
        Assert.Equal("é     x   ", tokenizer.Decode([.. tokens.Select(token => token.Id)]));
    }

    [Fact]
    public void A_space_put_before_the_text_belongs_to_no_byte_of_it()
    {
        _fixture.Json["pre_tokenizer"]!["add_prefix_space"] = true;
        ByteLevelTokenizer tokenizer = _fixture.Load();
        IReadOnlyList<Targets.Token> tokens = tokenizer.Encode("the cat");
        Assert.Equal(_fixture.Bpe.Encode(" the"u8.ToArray()).Concat(_fixture.Bpe.Encode(" cat"u8.ToArray())), tokens.Select(token => token.Id));
        Assert.Equal(0, tokens[0].Start);
        Assert.Equal(7, tokens[^1].End);
        Assert.Equal(tokens.Skip(1).Select(token => token.Start), tokens.SkipLast(1).Select(token => token.End));
        Assert.Equal(tokens, tokenizer.Encode("the cat"));
    }

    [Fact]
    public void Vocabulary_and_merges_files_give_the_same_tokenizer()
    {
        using var other = new TokenizerFixture();
        other.Write("tokenizer_config.json", $$"""{"eos_token": "{{TokenizerFixture.EndOfText}}"}""");
        ByteLevelTokenizer expected = _fixture.Load();
        ByteLevelTokenizer actual = other.LoadVocabularyAndMerges();
        s_anyText.Sample(text => Assert.Equal(expected.Encode(text), actual.Encode(text)));
        Assert.Equal("", actual.Decode([other.EndOfTextId]));
    }

    [Fact]
    public void Whole_pieces_come_before_merges_where_the_file_says_so()
    {
        // "apples" as an entry that no merge makes.
        int whole = _fixture.EndOfTextId + 5;
        JsonNode model = _fixture.Json["model"]!;
        model["vocab"]!["Ġapplesauce"] = whole;
        Assert.DoesNotContain(whole, _fixture.Load().Encode("an applesauce").Select(token => token.Id));
        model["ignore_merges"] = true;
        Assert.Contains(whole, _fixture.Load().Encode("an applesauce").Select(token => token.Id));
    }

    [Fact]
    public void Encodes_a_very_long_piece_without_quadratic_work()
    {
        ByteLevelTokenizer tokenizer = _fixture.Load();
        string text = new('t', 300_000);
        Assert.Equal(text, tokenizer.Decode([.. tokenizer.Encode(text).Select(token => token.Id)]));
    }
}
