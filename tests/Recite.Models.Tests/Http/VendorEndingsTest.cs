using System.Text;
using Recite.Models.Anthropic;
using Recite.Models.Http;
using Recite.Models.OpenAI;
using Recite.Targets;

namespace Recite.Models.Tests.Http;

/// <summary>Replies in the shape that each vendor documents, written by hand: how each ends, and that the text before a filter is kept.</summary>
public sealed class VendorEndingsTest
{
    private static readonly Uri Address = new("https://host.test/v1");
    private static readonly CompletionRequest Request = new() { Index = 0, AttemptId = "a", Prompt = "One two", MaxTokens = 20 };
    private static readonly ApiKey Key = new("RECITE_API_KEY", required: false, _ => null);

    public static TheoryData<string, Disposition, string, string> ChatReplies => new()
    {
        // OpenAI
        { """{"message":{"role":"assistant","content":"It was the best"},"finish_reason":"content_filter"}""", Disposition.Filtered, "It was the best", "content_filter" },
        { """{"message":{"role":"assistant","content":null,"refusal":"I can't help."},"finish_reason":"content_filter"}""", Disposition.Filtered, "I can't help.", "content_filter" },
        { """{"message":{"role":"assistant","content":null,"refusal":"I can't help."},"finish_reason":"stop"}""", Disposition.Refused, "I can't help.", "stop" },
        { """{"message":{"role":"assistant","content":"It was"},"finish_reason":"length"}""", Disposition.Truncated, "It was", "length" },
        { """{"message":{"role":"assistant","content":""},"finish_reason":"stop"}""", Disposition.Empty, "", "stop" },

        // Azure: protected material cut, only annotated, and other categories that say nothing of recitation
        { """{"message":{"content":"It was the best"},"finish_reason":"content_filter","content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"protected_material_text":{"detected":true,"filtered":true}}}""", Disposition.Filtered, "It was the best", "content_filter: protected_material_text" },
        { """{"message":{"content":"for (int i"},"finish_reason":"stop","content_filter_results":{"protected_material_code":{"detected":true,"filtered":false,"citation":{"URL":"https://host.test/r","license":"MIT"}}}}""", Disposition.Completed, "for (int i", "stop: protected_material_code" },
        { """{"message":{"content":"It was"},"finish_reason":"stop","content_filter_results":{"protected_material_text":{"detected":true,"filtered":true}}}""", Disposition.Filtered, "It was", "stop: protected_material_text" },
        { """{"message":{"content":"It was"},"finish_reason":"stop","content_filter_results":{"violence":{"filtered":false,"severity":"low"},"protected_material_text":{"detected":false,"filtered":false}}}""", Disposition.Completed, "It was", "stop" },

        // Gemini behind gateways that speak OpenAI's protocol
        { """{"message":{"content":"It was the best of times"},"finish_reason":"RECITATION"}""", Disposition.Filtered, "It was the best of times", "RECITATION" },
        { """{"message":{"content":null},"finish_reason":"SAFETY"}""", Disposition.Filtered, "", "SAFETY" },
        { """{"message":{"content":"It"},"finish_reason":"content_filter: RECITATION"}""", Disposition.Filtered, "It", "content_filter: RECITATION" },
        { """{"message":{"content":"It"},"finish_reason":"FinishReason.PROHIBITED_CONTENT"}""", Disposition.Filtered, "It", "FinishReason.PROHIBITED_CONTENT" },
        { """{"message":{"content":"It"},"finish_reason":"MAX_TOKENS"}""", Disposition.Truncated, "It", "MAX_TOKENS" },
        { """{"message":{"content":"It"},"finish_reason":"STOP"}""", Disposition.Completed, "It", "STOP" },

        // Bedrock, Cohere, Mistral behind the same gateways
        { """{"message":{"content":"It"},"finish_reason":"guardrail_intervened"}""", Disposition.Filtered, "It", "guardrail_intervened" },
        { """{"message":{"content":"It"},"finish_reason":"ERROR_TOXIC"}""", Disposition.Filtered, "It", "ERROR_TOXIC" },
        { """{"message":{"content":"It"},"finish_reason":"model_length"}""", Disposition.Truncated, "It", "model_length" },

        // a stranger's rubbish where the marks should be
        { """{"message":{"content":"It"},"finish_reason":"stop","content_filter_results":["protected_material_text"]}""", Disposition.Completed, "It", "stop" },
        { """{"message":{"content":"It"},"finish_reason":"stop","content_filter_results":{"protected_material_text":"detected"}}""", Disposition.Completed, "It", "stop" },
    };

    [Theory]
    [MemberData(nameof(ChatReplies))]
    public async Task Every_documented_ending_of_a_chat_has_its_disposition(string choice, Disposition disposition, string text, string reason)
    {
        Completion completion = await ReadAsync($$"""{"choices":[{{choice}}]}""", "application/json", Chat());
        Assert.Equal((disposition, text, reason), (completion.Disposition, completion.Text, completion.FinishReason));
    }

    [Fact]
    public async Task A_stream_that_is_filtered_keeps_what_came_before()
    {
        string body = Events(
            """{"choices":[{"delta":{"content":"It was "},"finish_reason":null}]}""",
            """{"choices":[{"delta":{"content":"the best"},"finish_reason":null,"content_filter_results":{"protected_material_text":{"detected":true,"filtered":true}}}]}""",
            """{"choices":[{"delta":{},"finish_reason":"content_filter"}]}""",
            "[DONE]");
        Completion completion = await ReadAsync(body, "text/event-stream", Chat());
        Assert.Equal((Disposition.Filtered, "It was the best", "content_filter: protected_material_text"), (completion.Disposition, completion.Text, completion.FinishReason));
    }

    [Fact]
    public async Task A_stream_that_ends_in_a_filters_error_keeps_what_came_before_and_is_not_asked_again()
    {
        string body = Events(
            """{"choices":[{"delta":{"content":"It was the best"},"finish_reason":null}]}""",
            """{"error":{"code":"content_filter","message":"The response was filtered","innererror":{"content_filter_result":{"protected_material_text":{"detected":true,"filtered":true}}}}}""");
        Completion completion = await ReadAsync(body, "text/event-stream", Chat());
        Assert.Equal((Disposition.Filtered, "It was the best", "content_filter: protected_material_text"), (completion.Disposition, completion.Text, completion.FinishReason));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"jailbreak":{"filtered":true,"detected":true}}}}}""", "content_filter")]
    [InlineData(400, """{"error":{"code":"content_filter","message":"filtered","innererror":{"content_filter_result":{"protected_material_code":{"filtered":true,"detected":true}}}}}""", "content_filter: protected_material_code")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}""", "invalid_request_error")]
    [InlineData(400, """{"error":{"code":"content_policy_violation","message":"no"}}""", "content_policy_violation")]
    public async Task A_filter_that_answers_with_an_error_is_a_filter(int status, string body, string reason)
    {
        using StubServer server = new(_ => StubServer.Json(status, body));
        await using HttpTarget target = server.CreateTarget(new TargetSettings { Endpoint = EndpointChoice.Completions });
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        Completion completion = Assert.Single(await target.CompleteAllAsync(Asking.Requests(1)));
        Assert.Equal((Disposition.Filtered, "", reason), (completion.Disposition, completion.Text, completion.FinishReason));
        Assert.Null(completion.Error);
    }

    [Theory]
    [InlineData("end_turn", Disposition.Completed)]
    [InlineData("max_tokens", Disposition.Truncated)]
    [InlineData("refusal", Disposition.Refused)]
    public async Task Every_ending_of_Anthropics_has_its_disposition(string reason, Disposition disposition)
    {
        string body = $$$"""{"content":[{"type":"text","text":"one"}],"stop_reason":"{{{reason}}}"}""";
        Completion completion = await ReadAsync(body, "application/json", new MessagesProtocol(Address, "m", new TargetSettings()));
        Assert.Equal((disposition, "one"), (completion.Disposition, completion.Text));
    }

    [Fact]
    public async Task A_reply_that_was_cut_by_its_length_is_never_one_that_stopped()
    {
        foreach (string reason in (string[])["length", "max_tokens", "MAX_TOKENS", "max_output_tokens", "model_length", "model_context_window_exceeded"])
        {
            Completion completion = await ReadAsync($$$"""{"choices":[{"text":"one","finish_reason":"{{{reason}}}"}]}""", "application/json", new CompletionsProtocol(Address, "m", vendor: false, new TargetSettings()));
            Assert.Equal(Disposition.Truncated, completion.Disposition);
        }
    }

    private static ChatProtocol Chat() => new(Address, "m", vendor: false, new TargetSettings());

    private static string Events(params string[] events) => string.Concat(events.Select(e => $"data: {e}\n\n"));

    private static async Task<Completion> ReadAsync(string body, string mediaType, IWireProtocol protocol)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(body));
        return (await ReplyReader.ReadAsync(stream, mediaType, protocol, Key, TestContext.Current.CancellationToken)).ToCompletion(Request);
    }
}
