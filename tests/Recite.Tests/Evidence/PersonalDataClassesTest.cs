using Recite.Evidence;

namespace Recite.Tests.Evidence;

public sealed class PersonalDataClassesTest
{
    [Theory]
    [InlineData("write to ann.lee@example.com today", "mail")]
    [InlineData("call +1 202 555 0143 now", "telephone")]
    [InlineData("call 202-555-0143 now", "telephone")]
    [InlineData("paid with 4111 1111 1111 1111", "card")]
    [InlineData("to GB82 WEST 1234 5698 7654 32", "iban")]
    public void Each_class_is_recognized(string text, string expected) => Assert.Contains(expected, PersonalDataClasses.Find(text));

    [Theory]
    [InlineData("In 1974 and 1982 the lamp burned 12,345 hours; see section 4.2.1.")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("GB82 WEST 1234 5698 7654 33")]
    [InlineData("at @ home, a.b")]
    public void What_only_looks_like_it_is_not(string text) => Assert.Empty(PersonalDataClasses.Find(text));

    [Fact]
    public void Every_text_is_looked_at() => Assert.Equal(["mail", "card"], PersonalDataClasses.Find("nothing", "4111111111111111", "a@example.com"));
}
