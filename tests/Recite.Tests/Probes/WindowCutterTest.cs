using System.Text;
using CsCheck;
using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Text;
using Recite.Probes;
using Recite.Targets;
using Recite.Tests.Fakes;

namespace Recite.Tests.Probes;

public sealed class WindowCutterTest
{
    private const string Text = "Ein Käfer, spät: 🍎 fiel vom Baum; niemand sah ihn. 日本語の文章 geht weiter und weiter.";

    private static readonly string[] s_pieces = ["ein", "Käfer", "🍎🍏", "日本語", "x", " ", " ", ". ", "—", "\n"];

    private static readonly Gen<string> s_texts = Gen.Int[0, s_pieces.Length - 1].Array[0, 60].Select(pieces => string.Concat(pieces.Select(i => s_pieces[i])));

    [Fact]
    public void Characters_are_code_points_and_the_suffix_begins_behind_a_word() =>
        Gen.Select(s_texts, Gen.Int[1, 12], Gen.Int[1, 12], Gen.ULong).Sample((text, prefix, suffix, seed) =>
        {
            (string Prefix, string Suffix)? cut = Cut(text, new(prefix, LengthUnit.Characters), new(suffix, LengthUnit.Characters), seed);
            int length = text.EnumerateRunes().Count();
            Assert.Equal(length >= prefix + suffix, cut is not null);
            if (cut is not { } window)
                return;
            Assert.Equal((prefix, suffix), (window.Prefix.EnumerateRunes().Count(), window.Suffix.EnumerateRunes().Count()));
            Assert.Contains(window.Prefix + window.Suffix, text, StringComparison.Ordinal);
        }, iter: 2000);

    [Fact]
    public void Words_are_counted_as_the_index_counts_them() =>
        Gen.Select(s_texts, Gen.Int[1, 6], Gen.Int[1, 6], Gen.ULong).Sample((text, prefix, suffix, seed) =>
        {
            (string Prefix, string Suffix)? cut = Cut(text, new(prefix, LengthUnit.Words), new(suffix, LengthUnit.Words), seed);
            Assert.Equal(Words(text) >= prefix + suffix, cut is not null);
            if (cut is { } window)
                Assert.Equal((prefix, suffix), (Words(window.Prefix), Words(window.Suffix)));
        }, iter: 2000);

    [Fact]
    public void Tokens_are_those_of_the_text_and_none_is_cut() =>
        Gen.Select(s_texts, Gen.Int[1, 12], Gen.Int[1, 12], Gen.ULong).Sample((text, prefix, suffix, seed) =>
        {
            var tokenizer = new BytesTokenizer();
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Window? window = Cutter(new(prefix, LengthUnit.Tokens), new(suffix, LengthUnit.Tokens), SampleOffset.Random, tokenizer).Cut(bytes, seed);
            if (window is null)
            {
                // Only where no place has both room and whole code points on either side.
                IReadOnlyList<Token> tokens = tokenizer.Encode(text);
                bool IsBorder(int at) => at == bytes.Length || (bytes[at] & 0xC0) != 0x80;
                Assert.DoesNotContain(Enumerable.Range(0, Math.Max(0, tokens.Count - prefix - suffix + 1)), i =>
                    IsBorder(tokens[i].Start) && IsBorder(tokens[i + prefix].Start) && IsBorder(tokens[i + prefix + suffix - 1].End));
                return;
            }

            Assert.Equal((prefix, suffix), (window.PrefixTokens!.Count, window.SuffixTokens!.Count));
            Assert.Equal(Encoding.UTF8.GetString(bytes[window.Start..window.Middle]), tokenizer.Decode(window.PrefixTokens));
            Assert.Equal(Encoding.UTF8.GetString(bytes[window.Middle..window.End]), tokenizer.Decode(window.SuffixTokens));
            Assert.DoesNotContain('\uFFFD', tokenizer.Decode(window.PrefixTokens));
        }, iter: 2000);

    [Fact]
    public void A_prompt_never_stops_inside_a_word_where_it_can_stop_behind_one()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            (string Prefix, string Suffix) cut = Cut(Text, new(10, LengthUnit.Characters), new(10, LengthUnit.Characters), seed)!.Value;
            Assert.False(IsLatin(cut.Prefix[^1]) && IsLatin(cut.Suffix[0]), $"{cut}");
        }

        static bool IsLatin(char c) => char.IsLetter(c) && c < 0x250;
    }

    [Fact]
    public void Start_takes_the_first_place_and_random_takes_many()
    {
        var length = new TextLength(8, LengthUnit.Characters);
        byte[] bytes = Encoding.UTF8.GetBytes(Text);
        int[] starts = [.. Enumerable.Range(0, 40).Select(seed => Cutter(length, length, SampleOffset.Start, null).Cut(bytes, (ulong)seed)!.Middle)];
        int[] randoms = [.. Enumerable.Range(0, 40).Select(seed => Cutter(length, length, SampleOffset.Random, null).Cut(bytes, (ulong)seed)!.Middle)];
        Assert.Equal(["Ein Käfer".Length + 1], starts.Distinct());
        Assert.True(randoms.Distinct().Count() > 5);
    }

    [Fact]
    public void Units_can_be_mixed()
    {
        (string Prefix, string Suffix) cut = Cut(Text, new(3, LengthUnit.Words), new(12, LengthUnit.Characters), 1)!.Value;
        Assert.Equal((3, 12), (Words(cut.Prefix), cut.Suffix.EnumerateRunes().Count()));
    }

    [Fact]
    public void Tokens_of_an_unknown_tokenizer_are_refused_with_what_to_do_instead()
    {
        var error = Assert.Throws<ReciteException>(() => Cutter(new(50, LengthUnit.Tokens), new(50, LengthUnit.Tokens), SampleOffset.Random, null));
        Assert.Contains("The tokenizer of fake:x is not known", error.Message, StringComparison.Ordinal);
        Assert.Contains("prefix: 200c, suffix: 200c", error.Message, StringComparison.Ordinal);
    }

    private static int Words(string text) => WordBreaker.CountWords(Encoding.UTF8.GetBytes(text));

    private static WindowCutter Cutter(TextLength prefix, TextLength suffix, SampleOffset offset, ITokenizer? tokenizer) =>
        new(new PrefixProbeConfig { Prefix = prefix, Suffix = suffix, Offset = offset }, tokenizer, "fake:x");

    private static (string Prefix, string Suffix)? Cut(string text, TextLength prefix, TextLength suffix, ulong seed)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Cutter(prefix, suffix, SampleOffset.Random, null).Cut(bytes, seed) is { } window
            ? (Encoding.UTF8.GetString(bytes[window.Start..window.Middle]), Encoding.UTF8.GetString(bytes[window.Middle..window.End]))
            : null;
    }
}
