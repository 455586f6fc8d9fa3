using System.Text;
using Recite.Models.Http.Scoring;

namespace Recite.Models.Tests.Http.Scoring;

public sealed class SuffixBorderTest
{
    [Fact]
    public void Finds_every_border_of_every_cutting_of_a_text()
    {
        // Ten bytes, characters of one to four bytes, cut in all 2^9 ways, at every character.
        byte[] text = "aé€𝄞"u8.ToArray();
        for (int cuts = 0; cuts < 1 << (text.Length - 1); cuts++)
        {
            int[] starts = [0, .. Enumerable.Range(1, text.Length - 1).Where(at => (cuts & (1 << (at - 1))) != 0)];
            ScoredPosition[] positions = [Position(null, null), .. starts.Select((start, i) => Position(text.AsSpan(start..(i + 1 < starts.Length ? starts[i + 1] : text.Length))))];
            foreach (int prefix in (int[])[0, 1, 3, 6])
            {
                int expected = 1 + starts.Count(start => start <= prefix) - 1;
                Assert.Equal(new SuffixBorder(expected, starts.Contains(prefix)), SuffixBorder.Find(positions, text, prefix));
            }
        }
    }

    [Fact]
    public void Tokens_without_text_before_a_character_hold_its_first_bytes()
    {
        ScoredPosition[] positions = [Position(null, null), Position("a"u8), Position([]), Position("é"u8)];
        Assert.Equal(new SuffixBorder(2, true), SuffixBorder.Find(positions, "aé"u8, 1));
    }

    [Fact]
    public void Tokens_that_are_not_the_text_have_no_border()
    {
        ScoredPosition[] positions = [Position("a"u8), Position("b"u8)];
        Assert.Null(SuffixBorder.Find(positions, "ac"u8, 1));
        Assert.Null(SuffixBorder.Find(positions, "xxxab"u8, 1));
        Assert.Null(SuffixBorder.Find([Position("a"u8), Position(null, -1)], "ab"u8, 1));
    }

    [Fact]
    public void Tokens_of_the_prefix_alone_tell_the_border_too()
    {
        ScoredPosition[] whole = [Named("1"), Named("2"), Named("3"), Named("4")];
        Assert.Equal(new SuffixBorder(2, true), SuffixBorder.Compare(whole, [Named("1"), Named("2")]));
        Assert.Null(SuffixBorder.Compare(whole, [Named("1"), Named("9")]));
        Assert.Null(SuffixBorder.Compare(whole, whole));
    }

    [Fact]
    public void Parts_of_characters_are_read_as_bytes()
    {
        Assert.Equal([0xe2, 0x80], ScoredPosition.ReadBytes("bytes:\\xe2\\x80"));
        Assert.Equal(Encoding.UTF8.GetBytes("bytes:\\xe"), ScoredPosition.ReadBytes("bytes:\\xe"));
        Assert.Equal(Encoding.UTF8.GetBytes("bytes:\\xzz"), ScoredPosition.ReadBytes("bytes:\\xzz"));
        Assert.Null(ScoredPosition.ReadBytes("\uFFFD"));
        Assert.Null(ScoredPosition.ReadBytes(null));
    }

    private static ScoredPosition Position(ReadOnlySpan<byte> bytes) => Position(bytes.ToArray(), -1);

    private static ScoredPosition Position(byte[]? bytes, double? logProbability) => new("", bytes, logProbability, -1, []);

    private static ScoredPosition Named(string name) => new(name, null, -1, -1, []);
}
