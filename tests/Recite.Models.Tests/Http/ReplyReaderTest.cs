using System.Text;
using Recite.Models.Http;
using Recite.Models.OpenAI;
using Recite.Targets;

namespace Recite.Models.Tests.Http;

public sealed class ReplyReaderTest
{
    private static readonly ApiKey Key = new("RECITE_API_KEY", required: false, _ => null);
    private static readonly CompletionRequest Request = new() { Index = 3, AttemptId = "a", Prompt = "p", MaxTokens = 10 };
    private static readonly CompletionsProtocol Protocol = new(new Uri("http://127.0.0.1/v1"), "m", vendor: false, new TargetSettings());

    [Theory]
    [InlineData("data: {T}\n\ndata: {F}\n\ndata: [DONE]\n\n")]
    [InlineData("data:{T}\n\ndata:{F}\n\ndata:[DONE]\n\n")]
    [InlineData("data: {T}\r\n\r\ndata: {F}\r\n\r\ndata: [DONE]\r\n\r\n")]
    [InlineData("data: {T}\r\rdata: {F}\r\rdata: [DONE]\r\r")]
    [InlineData("\uFEFFdata: {T}\n\ndata: {F}\n\ndata: [DONE]\n\n")]
    [InlineData(": keep-alive\n\n: keep-alive\ndata: {T}\n: x\n\ndata: {F}\n\n")]
    [InlineData("event: message\nid: 7\nretry: 10\ndata: {T}\n\ndata:\n\ndata: {F}\n\n")]
    [InlineData("data: {T}\n\ndata: {F}\n\ndata: [DONE]\n\ndata: not JSON any more\n\n")]
    [InlineData("data: {\"choices\":\ndata: [{\"index\":0,\"text\":\"wörd 字\"}]}\n\ndata: {F}\n\n")]
    public async Task Reads_every_form_of_a_stream_at_every_split(string stream)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(stream
            .Replace("{T}", """{"choices":[{"index":0,"text":"wörd 字"}]}""", StringComparison.Ordinal)
            .Replace("{F}", """{"choices":[{"index":0,"text":"","finish_reason":"stop"}]}""", StringComparison.Ordinal));
        for (int size = 1; size <= 9; size++)
        {
            Completion completion = await ReadAsync(new ChunkedStream(bytes, size), "text/event-stream");
            Assert.Equal((Disposition.Completed, "wörd 字", "stop"), (completion.Disposition, completion.Text, completion.FinishReason));
        }
    }

    [Fact]
    public async Task A_stream_cut_at_any_byte_is_whole_or_an_error_and_never_a_shorter_completion()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(
            """
            data: {"choices":[{"index":0,"text":"one"}]}

            data: {"choices":[{"index":0,"text":" two","finish_reason":null}]}

            data: {"choices":[{"index":0,"text":"","finish_reason":"stop"}]}

            data: [DONE]


            """.ReplaceLineEndings("\n"));
        int whole = 0;
        for (int length = 0; length < bytes.Length; length++)
        {
            try
            {
                Completion completion = await ReadAsync(new MemoryStream(bytes, 0, length), "text/event-stream");
                Assert.Equal("one two", completion.Text);
                whole++;
            }
            catch (ReplyException error)
            {
                Assert.True(error.Retry);
            }
        }

        Assert.InRange(whole, 1, 20);
    }

    [Fact]
    public async Task A_whole_reply_cut_at_any_byte_is_an_error()
    {
        byte[] bytes = """{"choices":[{"index":0,"text":"one","finish_reason":"stop"}]}"""u8.ToArray();
        for (int length = 0; length < bytes.Length; length++)
            await Assert.ThrowsAsync<ReplyException>(() => ReadAsync(new MemoryStream(bytes, 0, length), "application/json"));
        Assert.Equal("one", (await ReadAsync(new MemoryStream(bytes), "application/json")).Text);
    }

    [Fact]
    public async Task A_server_that_does_not_stream_although_asked_is_read_all_the_same()
    {
        Completion completion = await ReadAsync(Bytes("""{"choices":[{"text":"one","finish_reason":"length"}]}"""), "application/json");
        Assert.Equal((Disposition.Truncated, "one"), (completion.Disposition, completion.Text));
    }

    [Theory]
    [InlineData("""{"error":{"message":"the engine died"}}""")]
    [InlineData("""{"error":"the engine died"}""")]
    public async Task An_error_inside_a_served_reply_is_told_and_retried(string json)
    {
        ReplyException whole = await Assert.ThrowsAsync<ReplyException>(() => ReadAsync(Bytes(json), "application/json"));
        ReplyException streamed = await Assert.ThrowsAsync<ReplyException>(() =>
            ReadAsync(Bytes($$"""data: {"choices":[{"text":"one"}]}{{"\n\n"}}data: {{json}}{{"\n\n"}}"""), "text/event-stream"));
        Assert.All([whole, streamed], error => Assert.Contains("the engine died", error.Message, StringComparison.Ordinal));
        Assert.All([whole, streamed], error => Assert.True(error.Retry));
    }

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("{\"choices\":7}")]
    [InlineData("{\"choices\":[{\"text\":\"\\ud800\"}]}")]
    public async Task What_is_no_reply_is_an_error(string body) =>
        await Assert.ThrowsAsync<ReplyException>(() => ReadAsync(Bytes(body), "application/json"));

    [Fact]
    public async Task Nesting_is_bounded()
    {
        string deep = $$"""{"choices":[{"text":"x","finish_reason":"stop"}],"x":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""";
        await Assert.ThrowsAsync<ReplyException>(() => ReadAsync(Bytes(deep), "application/json"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task A_reply_without_end_is_given_up_and_not_asked_for_again(string mediaType)
    {
        using ExchangeClock clock = new(new TimeLimits(), TimeProvider.System, CancellationToken.None);
        BoundedStream body = new(new EndlessStream(), 1 << 20, clock);
        ReplyException error = await Assert.ThrowsAsync<ReplyException>(() =>
            ReplyReader.ReadAsync(body, mediaType, Protocol, Key, TestContext.Current.CancellationToken));
        Assert.False(error.Retry);
        Assert.Contains("larger than 1 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Characters_that_a_server_cut_in_half_become_replacement_characters()
    {
        byte[] bytes = [.. "{\"choices\":[{\"text\":\"a"u8, 0xE5, 0xAD, .. "\",\"finish_reason\":\"stop\"}]}"u8];
        Assert.Equal("a\uFFFD", (await ReadAsync(new MemoryStream(bytes), "application/json")).Text);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<Completion> ReadAsync(Stream body, string mediaType) =>
        (await ReplyReader.ReadAsync(body, mediaType, Protocol, Key, TestContext.Current.CancellationToken)).ToCompletion(Request);

    /// <summary>Hands out a few bytes at a time, as a slow network does.</summary>
    private sealed class ChunkedStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'a');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
