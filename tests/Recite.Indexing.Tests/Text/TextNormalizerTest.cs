using System.Text;
using Recite.Indexing.Text;
using Recite.Indexing.Text.Internals;

namespace Recite.Indexing.Tests.Text;

public sealed class TextNormalizerTest
{
    [Fact]
    public void Profiles_say_what_they_are()
    {
        TextNormalizer text = TextNormalizer.For("text"), exact = TextNormalizer.For("exact");
        Assert.Equal("text/2 15.0.0", $"{text.Name}/{text.Version} {text.UnicodeVersion}");
        Assert.Equal("exact/1 15.0.0", $"{exact.Name}/{exact.Version} {exact.UnicodeVersion}");
        Assert.Matches("^sha256:[0-9a-f]{64}$", text.TableDigest);
        Assert.Matches("^sha256:[0-9a-f]{64}$", exact.TableDigest);
        Assert.False(string.Equals(text.TableDigest, exact.TableDigest, StringComparison.Ordinal));
        Assert.Same(text, TextNormalizer.For("text"));
        Assert.Same(text, TextNormalizer.For("text", 2));
    }

    [Fact]
    public void The_first_version_of_text_stays_what_it_was()
    {
        TextNormalizer first = TextNormalizer.For("text", 1);
        Assert.Equal("text/1 15.0.0", $"{first.Name}/{first.Version} {first.UnicodeVersion}");
        Assert.Equal("sha256:2c7591291d8c7ba3174116c76f4b6709359035d25e11d71d1e5e19c40f1e69b9", first.TableDigest);
        Assert.Equal("exam ple \u0430"u8.ToArray(), TextSamples.Normalize(first, "exam-\nple \u0430"u8));
    }

    [Theory]
    [InlineData("prose")]
    [InlineData("")]
    [InlineData("Text")]
    public void A_profile_that_is_not_built_is_an_error_that_names_those_that_are(string name)
    {
        var error = Assert.Throws<ReciteException>(() => TextNormalizer.For(name));
        Assert.Equal($"The normalization '{name}' is not built: choose 'text', 'code', 'code-renamed' or 'exact'.", error.Message);
    }

    [Fact]
    public void A_switch_turns_the_vectors_off()
    {
        Assert.False(TextProfile.FromSwitch(2).IsScalar);
        AppContext.SetSwitch("Recite.Scalar", true);
        try
        {
            Assert.True(TextProfile.FromSwitch(2).IsScalar);
        }
        finally
        {
            AppContext.SetSwitch("Recite.Scalar", false);
        }
    }

    [Fact]
    public void Exact_keeps_every_byte()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        Assert.Equal(bytes, TextSamples.Normalize(bytes, "exact"));
        Assert.Equal(bytes, TextNormalizer.For("exact").NormalizeWithMap(bytes).Bytes.ToArray());
    }

    [Fact]
    public void Exact_is_cut_and_mapped_between_code_points_only()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("a\u00e9\u20ac\U0001F600z");
        TextNormalizer exact = TextNormalizer.For("exact");
        Assert.Equal([0, 1, 3, 3, 6, 6, 6, 10, 10, 10, 10, 11, 11], Enumerable.Range(0, 13).Select(from => exact.FindCut(bytes, from)));
        NormalizedText text = exact.NormalizeWithMap(bytes);
        Assert.Equal(new TextSpan(3, 6), text.ToOriginalInside(new TextSpan(2, 8)));
        Assert.Equal(new TextSpan(1, 10), text.ToOriginalOutside(new TextSpan(2, 8)));
    }

    [Theory]
    [InlineData("Hello, world", 0, 0)]
    [InlineData("Hello, world", 3, 3)]
    [InlineData("Hello, world", 5, 7)]
    [InlineData("Hello, world", 12, 12)]
    [InlineData("Hello, world", 99, 12)]
    [InlineData("e\u0301\u0327x", 1, 5)]
    [InlineData("\u1100\u1161\u11a8\u1100", 1, 9)]
    [InlineData("!!!", 1, 3)]
    [InlineData("exam-\n  ple", 4, 9)]
    [InlineData("exam-\n  ple", 8, 9)]
    [InlineData("exam\u00ad\r\nple", 4, 9)]
    [InlineData("exam-\n\nple", 4, 7)]
    [InlineData("\u2010\nple", 1, 4)]
    public void A_cut_lies_before_a_letter_that_nothing_composes_with(string text, int from, int expected) =>
        Assert.Equal(expected, TextNormalizer.For("text").FindCut(Encoding.UTF8.GetBytes(text), from));

    [Fact]
    public void A_text_that_would_grow_beyond_one_array_is_refused_in_a_sentence()
    {
        var buffer = new NormalizedBuffer(10);
        buffer.Advance(10);
        var error = Assert.Throws<ReciteException>(() => buffer.GetMemory(int.MaxValue));
        Assert.Contains("cut it into smaller documents", error.Message, StringComparison.Ordinal);
    }
}
