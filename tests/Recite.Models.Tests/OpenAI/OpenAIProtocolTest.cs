using System.Text.Json;
using Recite.Models.Http;
using Recite.Models.OpenAI;
using Recite.Targets;

namespace Recite.Models.Tests.OpenAI;

public sealed class OpenAIProtocolTest
{
    private static readonly Uri Address = new("https://host.test/v1/");
    private static readonly CompletionRequest Request = new() { Index = 0, AttemptId = "a", Prompt = "One \"two\"\nдва", MaxTokens = 20, Seed = ulong.MaxValue };

    [Fact]
    public void Asks_completions_with_the_prompt_as_it_stands()
    {
        JsonElement body = Body(new CompletionsProtocol(Address, "m", vendor: true, new TargetSettings()), Request);
        Assert.Equal(Request.Prompt, body.GetProperty("prompt").GetString());
        Assert.Equal(20, body.GetProperty("max_tokens").GetInt32());
        Assert.Equal(0, body.GetProperty("temperature").GetDouble());
        Assert.Equal(1, body.GetProperty("logprobs").GetInt32());
        Assert.False(body.GetProperty("stream").GetBoolean());
        Assert.Equal(["model", "prompt", "max_tokens", "temperature", "stream", "logprobs"], body.EnumerateObject().Select(field => field.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void Asks_chat_with_the_prompt_as_one_message()
    {
        ChatProtocol protocol = new(Address, "m", vendor: true, new TargetSettings { Streaming = true, LogProbabilities = false });
        JsonElement body = Body(protocol, Request);
        Assert.Equal("https://host.test/v1/chat/completions", protocol.Address.AbsoluteUri);
        JsonElement message = Assert.Single(body.GetProperty("messages").EnumerateArray());
        Assert.Equal(("user", Request.Prompt), (message.GetProperty("role").GetString(), message.GetProperty("content").GetString()));
        Assert.True(body.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
        Assert.False(body.TryGetProperty("logprobs", out _));
    }

    [Fact]
    public void Sampling_is_sent_whole_with_a_seed_that_every_server_can_hold()
    {
        SamplingOptions sampling = new() { Temperature = 0.7, TopK = 40, TopP = 0.9, RepetitionPenalty = 1.1, PresencePenalty = 0.2, FrequencyPenalty = 0.3 };
        JsonElement body = Body(new CompletionsProtocol(Address, "m", vendor: false, new TargetSettings()), Request with { Sampling = sampling });
        Assert.Equal(
            [0.7, 40, 0.9, 1.1, 0.2, 0.3, int.MaxValue],
            ((string[])["temperature", "top_k", "top_p", "repetition_penalty", "presence_penalty", "frequency_penalty", "seed"]).Select(name => body.GetProperty(name).GetDouble()));
    }

    [Fact]
    public void What_the_vendor_does_not_know_is_named_instead_of_dropped()
    {
        CompletionsProtocol vendor = new(Address, "m", vendor: true, new TargetSettings());
        CompletionsProtocol other = new(Address, "m", vendor: false, new TargetSettings());
        Assert.Contains("top-k", vendor.FindUnsupported(new SamplingOptions { TopK = 5 }), StringComparison.Ordinal);
        Assert.Contains("repetition", vendor.FindUnsupported(new SamplingOptions { RepetitionPenalty = 1.2 }), StringComparison.Ordinal);
        Assert.Null(vendor.FindUnsupported(new SamplingOptions { Temperature = 1, TopP = 0.5, PresencePenalty = 1 }));
        Assert.Null(other.FindUnsupported(new SamplingOptions { TopK = 5, RepetitionPenalty = 1.2 }));
    }

    [Theory]
    [InlineData("""{"message":{"content":"yes"},"finish_reason":"stop"}""", Disposition.Completed, "yes")]
    [InlineData("""{"message":{"content":[{"type":"text","text":"y"},{"type":"text","text":"es"}]},"finish_reason":"stop"}""", Disposition.Completed, "yes")]
    [InlineData("""{"message":{"content":"ye"},"finish_reason":"length"}""", Disposition.Truncated, "ye")]
    [InlineData("""{"message":{"content":"ye"},"finish_reason":"content_filter"}""", Disposition.Filtered, "ye")]
    [InlineData("""{"message":{"content":null},"finish_reason":"content_filter"}""", Disposition.Filtered, "")]
    [InlineData("""{"message":{"content":null,"refusal":"I will not."},"finish_reason":"stop"}""", Disposition.Refused, "I will not.")]
    [InlineData("""{"message":{"content":"","refusal":null},"finish_reason":"stop"}""", Disposition.Empty, "")]
    [InlineData("""{"message":{"content":""},"finish_reason":"length"}""", Disposition.Empty, "")]
    [InlineData("""{"message":{"content":"yes"}}""", Disposition.Completed, "yes")]
    [InlineData("""{"message":{"content":"yes"},"finish_reason":"something new"}""", Disposition.Completed, "yes")]
    [InlineData("""{"message":"text","finish_reason":7}""", Disposition.Empty, "")]
    public void Every_ending_has_its_disposition(string choice, Disposition disposition, string text)
    {
        Completion completion = Read(new ChatProtocol(Address, "m", vendor: false, new TargetSettings()), $$"""{"choices":[{{choice}}]}""");
        Assert.Equal((disposition, text), (completion.Disposition, completion.Text));
    }

    [Fact]
    public void A_server_that_does_not_say_why_it_stopped_after_all_its_tokens_was_cut()
    {
        CompletionsProtocol protocol = new(Address, "m", vendor: false, new TargetSettings());
        Assert.Equal(Disposition.Truncated, Read(protocol, """{"choices":[{"text":"x"}],"usage":{"completion_tokens":20}}""").Disposition);
        Assert.Equal(Disposition.Completed, Read(protocol, """{"choices":[{"text":"x"}],"usage":{"completion_tokens":19}}""").Disposition);
    }

    [Fact]
    public void Log_probabilities_are_read_from_both_endpoints()
    {
        Completion completions = Read(
            new CompletionsProtocol(Address, "m", vendor: false, new TargetSettings()),
            """{"choices":[{"text":"ab","finish_reason":"stop","logprobs":{"tokens":["a","b"],"token_logprobs":[-0.5,-1.25]}}]}""");
        Completion chat = Read(
            new ChatProtocol(Address, "m", vendor: false, new TargetSettings()),
            """{"choices":[{"message":{"content":"ab"},"finish_reason":"stop","logprobs":{"content":[{"token":"a","logprob":-0.5},{"token":"b","logprob":-1.25}]}}]}""");
        Assert.Equal([-0.5, -1.25], completions.LogProbabilities);
        Assert.Equal([-0.5, -1.25], chat.LogProbabilities);
    }

    [Fact]
    public void Learns_each_wish_of_a_server_once()
    {
        ChatProtocol protocol = new(Address, "m", vendor: true, new TargetSettings { Streaming = true });
        ServerError length = new("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "unsupported_parameter");
        ServerError logprobs = new("You are not allowed to request logprobs from this model", "");
        ServerError stream = new("Unknown field: stream_options", "");
        foreach (ServerError wish in (ServerError[])[length, logprobs, stream])
        {
            Assert.True(protocol.Adapt(wish));
            Assert.False(protocol.Adapt(wish));
        }

        Assert.False(protocol.Adapt(new ServerError("The prompt is too long", "context_length_exceeded")));
        JsonElement body = Body(protocol, Request);
        Assert.Equal(20, body.GetProperty("max_completion_tokens").GetInt32());
        Assert.All((string[])["max_tokens", "logprobs", "stream_options"], name => Assert.False(body.TryGetProperty(name, out _)));
    }

    private static JsonElement Body(OpenAIProtocol protocol, CompletionRequest request) => JsonDocument.Parse(protocol.WriteBody(request)).RootElement;

    private static Completion Read(OpenAIProtocol protocol, string json)
    {
        ReceivedReply reply = new();
        protocol.ReadWhole(JsonDocument.Parse(json).RootElement, reply);
        return reply.ToCompletion(Request);
    }
}
