using System.Text;
using Recite.Models.Anthropic;
using Recite.Models.Http;
using Recite.Targets;

namespace Recite.Models.Tests.Anthropic;

public sealed class MessagesProtocolTest
{
    private static readonly CompletionRequest Request = new() { Index = 0, AttemptId = "a", Prompt = "One two", MaxTokens = 20 };
    private static readonly ApiKey Key = new("ANTHROPIC_API_KEY", required: true, _ => "secret");
    private static readonly MessagesProtocol Protocol = new(new Uri("https://host.test"), "m", new TargetSettings());

    [Fact]
    public void Asks_with_the_vendors_headers_and_fields()
    {
        Key.Load("anthropic:m");
        using HttpRequestMessage message = new();
        Protocol.WriteHeaders(message, Key);
        Assert.Equal("https://host.test/v1/messages", Protocol.Address.AbsoluteUri);
        Assert.Equal("secret", message.Headers.GetValues("x-api-key").Single());
        Assert.Equal("2023-06-01", message.Headers.GetValues("anthropic-version").Single());
        Assert.Null(message.Headers.Authorization);
        Assert.Equal(
            """{"model":"m","max_tokens":20,"messages":[{"role":"user","content":"One two"}],"temperature":0,"stream":false}""",
            Encoding.UTF8.GetString(Protocol.WriteBody(Request)));
    }

    [Theory]
    [InlineData("end_turn", Disposition.Completed)]
    [InlineData("stop_sequence", Disposition.Completed)]
    [InlineData("max_tokens", Disposition.Truncated)]
    [InlineData("model_context_window_exceeded", Disposition.Truncated)]
    [InlineData("refusal", Disposition.Refused)]
    public async Task Every_ending_has_its_disposition_whole_and_streamed(string reason, Disposition disposition)
    {
        string whole = $$$"""{"id":"msg_1","model":"m-1","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"one"},{"type":"text","text":" two"}],"stop_reason":"{{{reason}}}","usage":{"input_tokens":7,"output_tokens":2}}""";
        string[] events =
        [
            """{"type":"message_start","message":{"id":"msg_1","model":"m-1","content":[],"stop_reason":null,"usage":{"input_tokens":7,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            """{"type":"ping"}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"one"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" two"}}""",
            """{"type":"invented_later"}""",
            $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}"},"usage":{"output_tokens":2}}""",
            """{"type":"message_stop"}""",
        ];
        Completion expected = new()
        {
            RequestIndex = 0,
            Disposition = disposition,
            Text = "one two",
            PromptTokenCount = 7,
            CompletionTokenCount = 2,
            FinishReason = reason,
            RequestId = "msg_1",
        };
        Assert.Equal(expected, await ReadAsync(whole, "application/json"));
        Assert.Equal(expected, await ReadAsync(string.Concat(events.Select(json => $"event: x\ndata: {json}\n\n")), "text/event-stream"));
    }

    [Fact]
    public async Task An_overload_inside_a_stream_is_retried()
    {
        const string Stream = """
            event: message_start
            data: {"type":"message_start","message":{}}

            event: error
            data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}


            """;
        ReplyException error = await Assert.ThrowsAsync<ReplyException>(() => ReadAsync(Stream, "text/event-stream"));
        Assert.True(error.Retry);
    }

    [Fact]
    public void What_the_vendor_does_not_know_is_named_instead_of_dropped()
    {
        Assert.Null(Protocol.FindUnsupported(new SamplingOptions { Temperature = 1, TopK = 4, TopP = 0.5 }));
        Assert.NotNull(Protocol.FindUnsupported(new SamplingOptions { Temperature = 1.5 }));
        Assert.NotNull(Protocol.FindUnsupported(new SamplingOptions { RepetitionPenalty = 1.5 }));
        Assert.NotNull(Protocol.FindUnsupported(new SamplingOptions { PresencePenalty = 1.5 }));
    }

    private static async Task<Completion> ReadAsync(string body, string mediaType) =>
        (await ReplyReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), mediaType, Protocol, Key, TestContext.Current.CancellationToken)).ToCompletion(Request);
}
