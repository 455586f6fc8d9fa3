using System.Text.Json.Nodes;
using Recite.Models.Http;
using Recite.Models.Http.Scoring;
using Recite.Models.OpenAI;
using Recite.Targets;

namespace Recite.Models.Tests.Http.Scoring;

/// <summary>Both ways of being scored, against replies written by hand.</summary>
public sealed class ScoringProtocolTest
{
    private const string Echoed =
        """{"choices":[{"text":"a b c","logprobs":{"tokens":["a"," b"," c"],"token_logprobs":[null,-1.5,0],"top_logprobs":[null,{" x":-0.5," b":-1.5},{" c":0," y":-30}]},"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":0}}""";

    private const string Listed =
        """{"choices":[{"text":"!","prompt_logprobs":[null,{"7":{"logprob":-3.5,"rank":9,"decoded_token":" b"},"4":{"logprob":-0.5,"rank":1,"decoded_token":" x"},"5":{"logprob":-1.5,"rank":2,"decoded_token":" y"}},{"8":{"logprob":0.0,"rank":1,"decoded_token":" c"},"9":{"logprob":-40,"rank":2,"decoded_token":" z"}}],"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}""";

    private static TargetSettings Settings => new() { Endpoint = EndpointChoice.Completions, TimeLimits = Asking.Patient, MaxRetries = 0 };

    [Fact]
    public async Task Echo_is_read_token_by_token()
    {
        (SuffixScore score, StubServer server) = await ScoreAsync(_ => StubServer.Json(200, Echoed), "a", " b c", new EchoProtocol(Address, "m"));
        Assert.Null(score.Error);
        Assert.Equal([-1.5, 0], score.LogProbabilities);
        Assert.Equal([1, 0], score.Ranks);
        Assert.Equal([1, 30], score.Margins);
        Assert.Equal((true, 3, 7), (score.IsCutBetweenTokens, score.TokenCount, score.RequestIndex));
        JsonNode body = JsonNode.Parse(server.Seen[^1].Body)!;
        Assert.Equal(("a b c", true, 20, 0), ((string)body["prompt"]!, (bool)body["echo"]!, (int)body["logprobs"]!, (int)body["max_tokens"]!));
    }

    [Fact]
    public async Task Prompt_log_probabilities_are_read_token_by_token()
    {
        (SuffixScore score, _) = await ScoreAsync(_ => StubServer.Json(200, Listed), "a", " b c", new PromptLogProbabilitiesProtocol(Address, "m"));
        Assert.Null(score.Error);
        Assert.Equal([-3.5, 0], score.LogProbabilities);
        Assert.Equal([8, 0], score.Ranks);
        Assert.Equal([1, 40], score.Margins);
        Assert.Equal(4, score.TokenCount);
    }

    [Fact]
    public async Task What_a_server_refuses_is_not_asked_again()
    {
        StubServer? server = null;
        server = new StubServer((_, seen, _) => Task.FromResult(JsonNode.Parse(seen.Body)!["echo"] is null
            ? StubServer.Reply()
            : JsonNode.Parse(seen.Body)!["logprobs"]!.GetValue<int>() > 5 ? StubServer.Status(400, "logprobs must be at most 5")
            : JsonNode.Parse(seen.Body)!["max_tokens"]!.GetValue<int>() == 0 ? StubServer.Status(400, "max_tokens must be at least 1")
            : StubServer.Json(200, """{"choices":[{"text":"a b c!","logprobs":{"tokens":["a"," b"," c","!"],"token_logprobs":[null,-1,-2,-3]},"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}""")));
        await using HttpTarget target = CreateTarget(server, new EchoProtocol(Address, "m"));
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        int before = server.Seen.Count;
        SuffixScore score = Assert.Single(await ScoreAllAsync(target, new ScoreRequest([], []) { PrefixText = "a", SuffixText = " b c" }));
        Assert.Equal([-1, -2], score.LogProbabilities);
        Assert.Equal([-1, -1], score.Ranks);
        Assert.True(score.Margins.All(double.IsNaN));
        Assert.Equal(before + 1, server.Seen.Count);
    }

    [Fact]
    public async Task Token_ids_are_sent_where_no_text_is_given()
    {
        StubServer server = new(number => StubServer.Json(200, number == 1 ? """{"choices":[{"text":"w"}]}""" : Listed));
        await using HttpTarget target = CreateTarget(server, new PromptLogProbabilitiesProtocol(Address, "m"));
        SuffixScore score = Assert.Single(await ScoreAllAsync(target, new ScoreRequest([3, 7], [8])));
        Assert.Equal([0], score.LogProbabilities);
        Assert.Equal("[3,7,8]", JsonNode.Parse(server.Seen[^1].Body)!["prompt"]!.ToJsonString());
    }

    [Theory]
    [InlineData("", "a b c", "give a prefix")]
    [InlineData("a", "", "empty suffix")]
    [InlineData("a", " b d", "not those of the text")]
    public async Task What_has_no_score_says_why(string prefix, string suffix, string expected)
    {
        // The reply about the prefix alone is the same, so that nothing is left to compare.
        (SuffixScore score, _) = await ScoreAsync(
            number => StubServer.Json(200, number <= 3 ? Echoed : """{"choices":[{"text":""}]}"""), prefix, suffix, new EchoProtocol(Address, "m"));
        Assert.Empty(score.LogProbabilities);
        Assert.Contains(expected == "not those of the text" ? "holds no scores" : expected, score.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_request_is_an_error_of_its_own_window()
    {
        StubServer server = new((number, seen, _) => Task.FromResult(number == 1 ? StubServer.Reply()
            : seen.Body.Contains("bad", StringComparison.Ordinal) ? StubServer.Status(500, "broken") : StubServer.Json(200, Echoed)));
        await using HttpTarget target = CreateTarget(server, new EchoProtocol(Address, "m"));
        List<SuffixScore> scores = await ScoreAllAsync(target,
            new ScoreRequest([], []) { Index = 0, PrefixText = "bad", SuffixText = " b c" }, new ScoreRequest([], []) { Index = 1, PrefixText = "a", SuffixText = " b c" });
        Assert.Contains("answered 500", scores.Single(score => score.RequestIndex == 0).Error, StringComparison.Ordinal);
        Assert.Null(scores.Single(score => score.RequestIndex == 1).Error);
    }

    [Theory]
    [InlineData("""{"choices":[{"prompt_logprobs":[null,{"7":{"logprob":"x"}}]}]}""")]
    [InlineData("""{"choices":[{"prompt_logprobs":[null,7,{}]}]}""")]
    [InlineData("""{"choices":[{"prompt_logprobs":{}}]}""")]
    [InlineData("""{"choices":[{"prompt_logprobs":[null,{"7":{"logprob":5}}]}]}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("[]")]
    public async Task A_reply_of_another_shape_means_that_the_server_does_not_score(string reply)
    {
        StubServer server = new(number => number == 1 ? StubServer.Reply() : StubServer.Json(200, reply));
        await using HttpTarget target = CreateTarget(server, new PromptLogProbabilitiesProtocol(Address, "m"));
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.False(target.Capabilities.Scoring);
    }

    private static Uri Address { get; } = new("http://model.test/v1");

    private static HttpTarget CreateTarget(StubServer server, IScoringProtocol scoring)
    {
        TargetSettings settings = Settings with { FirstRetryDelay = TimeSpan.FromMilliseconds(1), Environment = _ => null };
        return new HttpTarget(
            "http://model.test/v1#m", [new CompletionsProtocol(Address, "m", vendor: false, settings)], new ApiKey("RECITE_API_KEY", required: false, settings.Environment), settings, server, [scoring]);
    }

    private static async Task<(SuffixScore Score, StubServer Server)> ScoreAsync(Func<int, HttpResponseMessage> answer, string prefix, string suffix, IScoringProtocol scoring)
    {
        StubServer server = new(number => number == 1 ? StubServer.Reply() : answer(number));
        await using HttpTarget target = CreateTarget(server, scoring);
        return (Assert.Single(await ScoreAllAsync(target, new ScoreRequest([], []) { Index = 7, PrefixText = prefix, SuffixText = suffix })), server);
    }

    private static async Task<List<SuffixScore>> ScoreAllAsync(HttpTarget target, params ScoreRequest[] requests)
    {
        List<SuffixScore> scores = [];
        await foreach (SuffixScore score in target.ScoreAsync(requests, TestContext.Current.CancellationToken))
            scores.Add(score);
        return scores;
    }
}
