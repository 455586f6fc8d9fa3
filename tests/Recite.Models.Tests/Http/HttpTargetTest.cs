using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Recite.Indexing;
using Recite.Models.Http;
using Recite.Targets;

namespace Recite.Models.Tests.Http;

public sealed class HttpTargetTest
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    private TargetSettings Settings => new() { Endpoint = EndpointChoice.Completions, TimeProvider = time, TimeLimits = Asking.Patient };

    [Fact]
    public async Task Sends_a_body_of_known_length_an_honest_name_and_temperature_zero()
    {
        StubServer server = new(_ => StubServer.Reply());
        await using HttpTarget target = server.CreateTarget(Settings, key: "secret");
        Assert.Single(await target.CompleteAllAsync(Asking.Requests(1)));

        SeenRequest seen = server.Seen[^1];
        Assert.Equal("http://model.test/v1/completions", seen.Address.AbsoluteUri);
        Assert.Equal(seen.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), seen.Headers["Content-Length"]);
        Assert.Matches(@"^recite/\d+\.\d+\.\d+$", seen.Headers["User-Agent"]);
        Assert.Equal("Bearer secret", seen.Headers["Authorization"]);
        Assert.Contains("\"temperature\":0,", seen.Body, StringComparison.Ordinal);
        Assert.False(seen.Headers.ContainsKey("Transfer-Encoding"));
    }

    [Fact]
    public async Task Tells_what_came_back_and_who_answered()
    {
        StubServer server = new(_ => StubServer.Reply("four words", "length"));
        await using HttpTarget target = server.CreateTarget(Settings);
        Completion completion = Assert.Single(await target.CompleteAllAsync(Asking.Requests(1)));
        Assert.Equal(
            new Completion { RequestIndex = 0, Disposition = Disposition.Truncated, Text = "four words", PromptTokenCount = 2, CompletionTokenCount = 1, FinishReason = "length", RequestId = "r1" },
            completion);
        Assert.Equal(("completions", "m-1"), (target.Capabilities.Endpoint, target.Capabilities.Revision));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    public async Task Falls_back_to_chat_where_there_are_no_completions(int status)
    {
        StubServer server = new((_, seen, _) => Task.FromResult(seen.Address.AbsolutePath.EndsWith("/chat/completions", StringComparison.Ordinal)
            ? StubServer.Json(200, """{"choices":[{"message":{"content":"word"},"finish_reason":"stop"}]}""")
            : StubServer.Status(status)));
        await using HttpTarget target = server.CreateTarget(Settings with { Endpoint = EndpointChoice.Auto });
        Assert.Equal("word", Assert.Single(await target.CompleteAllAsync(Asking.Requests(1))).Text);
        Assert.Equal("chat", target.Capabilities.Endpoint);
        Assert.Equal(3, server.Seen.Count);
    }

    [Theory]
    [InlineData(401, "wants a key (401); set the environment variable RECITE_API_KEY")]
    [InlineData(403, "answered 403")]
    [InlineData(404, "no such model")]
    [InlineData(302, "points elsewhere (302)")]
    public async Task A_refusal_on_connecting_is_certain_for_the_whole_target(int status, string expected)
    {
        StubServer server = new(_ => StubServer.Status(status));
        await using HttpTarget target = server.CreateTarget(Settings);
        ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => target.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Single(server.Seen);
    }

    [Fact]
    public async Task A_key_that_a_server_says_back_stands_in_no_message()
    {
        const string Key = "sk-very-secret-0123456789";
        StubServer server = new(number => StubServer.Status(number == 1 ? 403 : 401, $"the key {Key} may not do that"));
        await using HttpTarget target = server.CreateTarget(Settings, Key);
        foreach (string expected in (string[])["the key (key) may not", "refused the key in RECITE_API_KEY"])
        {
            ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => target.ConnectAsync(TestContext.Current.CancellationToken));
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("very-secret", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        StubServer server = new(number => number is 2 or 3 ? StubServer.Status(status) : StubServer.Reply());
        await using HttpTarget target = server.CreateTarget(Settings);
        List<Completion> completions = await time.DriveAsync(target.CompleteAllAsync(Asking.Requests(1)));
        Assert.Equal(Disposition.Completed, Assert.Single(completions).Disposition);
        Assert.Equal(4, server.Seen.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(501)]
    public async Task What_will_not_pass_is_told_at_once_and_costs_no_other_attempt(int status)
    {
        StubServer server = new(number => number == 2 ? StubServer.Status(status, "no") : StubServer.Reply());
        await using HttpTarget target = server.CreateTarget(Settings with { MaxConnections = 1 });
        List<Completion> completions = await time.DriveAsync(target.CompleteAllAsync(Asking.Requests(3)));
        Assert.Equal([Disposition.Error, Disposition.Completed, Disposition.Completed], completions.OrderBy(c => c.RequestIndex).Select(c => c.Disposition));
        Assert.Equal(4, server.Seen.Count);
        Assert.EndsWith(".", completions.Single(c => c.RequestIndex == 0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_up_after_the_allowed_retries_with_one_sentence()
    {
        StubServer server = new(number => number == 1 ? StubServer.Reply() : StubServer.Status(500, "line one\\nline two"));
        await using HttpTarget target = server.CreateTarget(Settings with { MaxRetries = 3 });
        Completion completion = Assert.Single(await time.DriveAsync(target.CompleteAllAsync(Asking.Requests(1))));
        Assert.Equal("http://model.test/v1#m: the server answered 500 to /v1/completions: line one line two (tried 4 times).", completion.Error);
        Assert.Equal(5, server.Seen.Count);
    }

    [Fact]
    public async Task A_wish_to_be_left_alone_is_kept_by_every_request()
    {
        ConcurrentQueue<DateTimeOffset> arrivals = new();
        DateTimeOffset? refused = null;
        StubServer server = new((number, _, _) =>
        {
            arrivals.Enqueue(time.GetUtcNow());
            if (number != 3)
                return Task.FromResult(StubServer.Reply());
            refused = time.GetUtcNow();
            return Task.FromResult(StubServer.Status(429, retryAfter: "30"));
        });
        await using HttpTarget target = server.CreateTarget(Settings with { MaxConnections = 1 });
        List<Completion> completions = await time.DriveAsync(target.CompleteAllAsync(Asking.Requests(10)));
        Assert.Equal(Enumerable.Range(0, 10), completions.Select(c => c.RequestIndex).Order());
        Assert.All(arrivals.Skip(3), arrival => Assert.True(arrival - refused >= TimeSpan.FromSeconds(30), $"{arrival - refused}"));
    }

    [Fact]
    public async Task A_spent_account_is_not_asked_again()
    {
        StubServer server = new(number => number == 1 ? StubServer.Reply() : StubServer.Json(429, """{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}"""));
        await using HttpTarget target = server.CreateTarget(Settings);
        Assert.Equal(Disposition.Error, Assert.Single(await time.DriveAsync(target.CompleteAllAsync(Asking.Requests(1)))).Disposition);
        Assert.Equal(2, server.Seen.Count);
    }

    [Fact]
    public async Task A_prompt_that_a_filter_refuses_is_filtered_and_no_error()
    {
        StubServer server = new(number => number == 1 ? StubServer.Reply() : StubServer.Json(400, """{"error":{"message":"blocked by content filtering policy","code":"content_filter"}}"""));
        await using HttpTarget target = server.CreateTarget(Settings);
        Completion completion = Assert.Single(await target.CompleteAllAsync(Asking.Requests(1)));
        Assert.Equal((Disposition.Filtered, "content_filter"), (completion.Disposition, completion.FinishReason));
    }

    [Fact]
    public async Task Never_has_more_under_way_than_pinned()
    {
        int underWay = 0;
        int most = 0;
        StubServer server = new(async (_, _, _) =>
        {
            int now = Interlocked.Increment(ref underWay);
            most = Math.Max(most, now);
            await Task.Yield();
            Interlocked.Decrement(ref underWay);
            return StubServer.Reply();
        });
        await using HttpTarget target = server.CreateTarget(Settings with { MaxConnections = 3 });
        Assert.Equal(200, (await target.CompleteAllAsync(Asking.Requests(200))).Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_reply_far_larger_than_what_was_asked_for_is_an_error_and_not_asked_for_again()
    {
        StubServer server = new(number => StubServer.Reply(number == 1 ? "word" : new string('x', 2 << 20)));
        await using HttpTarget target = server.CreateTarget(Settings);
        Completion completion = Assert.Single(await target.CompleteAllAsync(Asking.Requests(1)));
        Assert.Equal("http://model.test/v1#m: the reply is larger than 1 MiB.", completion.Error);
        Assert.Equal(2, server.Seen.Count);
    }

    [Fact]
    public async Task Options_that_the_protocol_lacks_are_refused_before_anything_is_asked()
    {
        await using ITarget target = TargetFactory.Create("openai:m", Settings with { Environment = name => name is "OPENAI_API_KEY" ? "secret" : "http://127.0.0.1:1/v1", MaxRetries = 0 });
        ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => target.CompleteAllAsync(Asking.Requests(1, new SamplingOptions { TopK = 4 })));
        Assert.Equal("The target openai:m cannot be asked this way: OpenAI's protocol has no top-k.", error.Message);
    }

    [Fact]
    public async Task Without_requests_there_are_no_completions()
    {
        await using HttpTarget target = new StubServer(_ => StubServer.Reply()).CreateTarget(Settings);
        Assert.Empty(await target.CompleteAllAsync([]));
    }
}
