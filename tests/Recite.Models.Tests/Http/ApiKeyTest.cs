using Recite.Indexing;
using Recite.Models.Http;

namespace Recite.Models.Tests.Http;

public sealed class ApiKeyTest
{
    [Theory]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("ключ")]
    public void What_no_header_can_hold_is_refused_without_being_shown(string value)
    {
        ApiKey key = new("OPENAI_API_KEY", required: true, _ => value);
        ReciteException error = Assert.Throws<ReciteException>(() => key.Load("openai:x"));
        Assert.Contains("OPENAI_API_KEY", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_at_the_end_as_files_leave_it_does_no_harm()
    {
        ApiKey key = new("OPENAI_API_KEY", required: true, _ => "secret\n");
        key.Load("openai:x");
        using HttpRequestMessage message = new();
        key.Authorize(message, "Authorization", "Bearer ");
        Assert.Equal("Bearer secret", message.Headers.GetValues("Authorization").Single());
    }

    [Fact]
    public void Its_text_names_the_variable_only()
    {
        ApiKey key = new("OPENAI_API_KEY", required: true, _ => "secret");
        key.Load("openai:x");
        Assert.Equal("key from OPENAI_API_KEY", key.ToString());
    }
}
