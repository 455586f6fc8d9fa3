using CsCheck;
using Recite.Evidence;

namespace Recite.Tests.Evidence;

public sealed class PersonalDataClassesTest
{
    // Put together here, so that nothing that looks like a key stands in the file.
    private static readonly string s_block = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIBOgIBAAJBAK\n+/s=\n-----END RSA " + "PRIVATE KEY-----";

    private static readonly string[] s_parts =
        ["a@b.co", "4111111111111111", "+12025550143", "GB82WEST12345698765432", " ", "😀", "é", "e\u0301", "漢", "٣", "-", "\uD800", "x"];

    public static TheoryData<string> Keys => new(
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp" + "_" + new string('a', 36),
        "xoxb" + "-1234567890-abc",
        "AIza" + new string('x', 35),
        "sk_live" + "_abcdefghijklmnop",
        "sk" + "-abcdefghijklmnopqrstuvwx",
        "eyJ" + "hbGciOiJI.eyJ" + "zdWIiOiIx.c2lnbmF0dXJl",
        s_block,
        "x7Gq" + "P2mV9zLt4RwK8sBn3YcH6dJf1TaE5uQo");

    [Theory]
    [InlineData("write to ann.lee@example.com today", "mail")]
    [InlineData("an josé@example.com und jose\u0301@example.com", "mail")]
    [InlineData("call +1 202 555 0143 now", "telephone")]
    [InlineData("call 202-555-0143 now", "telephone")]
    [InlineData("电话+1 202 555 0143。", "telephone")]
    [InlineData("paid with 4111 1111 1111 1111", "card")]
    [InlineData("卡号4111111111111111号", "card")]
    [InlineData("in 12 cases 4111-1111-1111-1111 was used", "card")]
    [InlineData("to GB82 WEST 1234 5698 7654 32", "iban")]
    [InlineData("an die DE02120300000000202051, bitte", "iban")]
    public void Each_class_is_recognized(string text, string expected) => Assert.Contains(expected, PersonalDataClasses.Find(text));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Keys_are_recognized_wherever_they_stand(string key)
    {
        foreach (string text in (string[])[key, $"key={key}", $"漢{key}漢", $"\"{key}\""])
        {
            PersonalDataSpan span = PersonalDataClasses.FindSpans(text).First(s => s.Class == "key");
            Assert.True(span.Start <= text.IndexOf(key, StringComparison.Ordinal) && span.End > span.Start + 15, text);
        }
    }

    [Theory]
    [InlineData("In 1974 and 1982 the lamp burned 12,345 hours; see section 4.2.1.")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("0.4111111111111111 of all")]
    [InlineData("74111111111111111")]
    [InlineData("1234567890123 4567890123456 7890123456789")]
    [InlineData("GB82 WEST 1234 5698 7654 33")]
    [InlineData("GB82 WEST 1234 5698 7654 321")]
    [InlineData("XX82 WEST 1234 5698 7654 32")]
    [InlineData("at @ home, a.b")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e and 6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    [InlineData("https://example.com/Documents/2024/Report/Annual/FinalVersion/Index.html")]
    [InlineData("risk-management-of-something-with-many-hyphens")]
    public void What_only_looks_like_it_is_not(string text) => Assert.Empty(PersonalDataClasses.Find(text));

    [Fact]
    public void Every_text_is_looked_at() => Assert.Equal(["mail", "card"], PersonalDataClasses.Find("nothing", "4111111111111111", "a@example.com"));

    [Fact]
    public void A_card_number_has_a_right_check_digit_by_the_rule_written_out() =>
        Gen.Int[0, 9].Array[15].Sample(digits =>
        {
            digits[0] = 4;
            string first = string.Concat(digits);
            int[] right = [.. Enumerable.Range(0, 10).Where(check => Luhn(first + check) % 10 == 0)];
            int only = Assert.Single(right);
            for (int check = 0; check < 10; check++)
                Assert.Equal(check == only, PersonalDataClasses.Find($"no {first}{check}.").Contains("card"));
        });

    [Fact]
    public void No_stretch_begins_or_ends_inside_a_character() =>
        Gen.Int[0, s_parts.Length - 1].Array[0, 12].Select(parts => string.Concat(parts.Select(i => s_parts[i]))).Sample(text =>
            {
                foreach (PersonalDataSpan span in PersonalDataClasses.FindSpans(text))
                {
                    Assert.InRange(span.Start, 0, span.End - 1);
                    Assert.InRange(span.End, 1, text.Length);
                    Assert.False(IsInsidePair(text, span.Start) || IsInsidePair(text, span.End), text);
                }
            });

    // Quadratic time over a megabyte would not end within the life of a test run.
    [Theory]
    [InlineData("1 ")]
    [InlineData("4111 1111 ")]
    [InlineData("aA1bB2cC3dD4eE5fF6gG7hH8iI9jJ0kK1lL2mM3 ")]
    [InlineData("a.b@")]
    [InlineData("GB82 ")]
    [InlineData("eyJaaaaaaaa.")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("+1(2)3/4.")]
    [InlineData("AKIA")]
    public void A_megabyte_of_near_misses_is_read(string part)
    {
        string hostile = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));
        IReadOnlyList<PersonalDataSpan> spans = PersonalDataClasses.FindSpans(hostile + " a@example.com");
        Assert.Contains(spans, s => s.Class == "mail" && s.End == hostile.Length + 14);
    }

    private static bool IsInsidePair(string text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);

    private static int Luhn(string digits)
    {
        int sum = 0;
        for (int fromRight = 1; fromRight <= digits.Length; fromRight++)
        {
            int digit = digits[^fromRight] - '0';
            sum += fromRight % 2 == 1 ? digit : new[] { 0, 2, 4, 6, 8, 1, 3, 5, 7, 9 }[digit];
        }

        return sum;
    }
}
