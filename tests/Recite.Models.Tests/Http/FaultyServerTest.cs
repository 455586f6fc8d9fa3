using System.Text.Json.Nodes;
using Recite.Models.Http;
using Recite.Targets;
using Recite.Testing.Servers;

namespace Recite.Models.Tests.Http;

/// <summary>The client against a real server process whose replies are known: the words of the prompt in reverse.</summary>
public sealed class FaultyServerTest
{
    private const int Attempts = 150;
    private const string PassingFaults = "RateLimit,Overloaded,Error,Refuse,Truncate,Drop,Slow";

    private static TargetSettings Settings => new() { Scoring = ScoringChoice.None, FirstRetryDelay = TimeSpan.FromMilliseconds(1), Environment = _ => null };

    [Theory]
    [InlineData(EndpointChoice.Completions, false)]
    [InlineData(EndpointChoice.Completions, true)]
    [InlineData(EndpointChoice.Chat, false)]
    [InlineData(EndpointChoice.Chat, true)]
    public async Task No_attempt_is_lost_or_doubled_whatever_goes_wrong(EndpointChoice endpoint, bool streaming)
    {
        await using TestServerProcess server = await StartAsync(
            "--faults", PassingFaults, "--fault-share", "0.7", "--faults-per-prompt", "2", "--fault-seed", $"{(int)endpoint}");
        await using ITarget target = TargetFactory.Create(server.TargetId(), Settings with { Endpoint = endpoint, Streaming = streaming });
        await CheckAsync(server, target, PassingFaults, refusals: endpoint == EndpointChoice.Chat);
        Assert.Equal(endpoint.ToString().ToLowerInvariant(), target.Capabilities.Endpoint);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_holds_for_Anthropics_protocol(bool streaming)
    {
        await using TestServerProcess server = await StartAsync(
            "--key", "secret", "--faults", PassingFaults, "--fault-share", "0.7", "--faults-per-prompt", "2");
        await using ITarget target = TargetFactory.Create("anthropic:echo", Settings with
        {
            Streaming = streaming,
            Environment = name => name switch
            {
                "ANTHROPIC_API_KEY" => "secret",
                "ANTHROPIC_BASE_URL" => server.Address.AbsoluteUri,
                _ => null,
            },
        });
        await CheckAsync(server, target, PassingFaults, refusals: true, filters: false);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_and_standstill_are_overcome_too(bool streaming)
    {
        await using TestServerProcess server = await StartAsync("--faults", "hang,stall", "--fault-share", "0.2");
        TimeLimits limits = new() { FirstByte = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromSeconds(2) };
        await using ITarget target = TargetFactory.Create(server.TargetId(), Settings with { Streaming = streaming, TimeLimits = limits });
        IReadOnlyList<CompletionRequest> requests = [.. Requests().Take(30)];
        List<Completion> completions = await target.CompleteAllAsync(requests);
        Assert.Equal(requests.Select(Expect), completions.OrderBy(c => c.RequestIndex).Select(c => new Expected(c.Disposition, c.Text)));
        JsonObject faults = (await server.ReadCountersAsync(TestContext.Current.CancellationToken))["faults"]!.AsObject();
        Assert.True((int)faults["Hang"]! > 0 && (int)faults["Stall"]! > 0, faults.ToJsonString());
    }

    [Fact]
    public async Task A_server_that_takes_only_three_at_once_gets_every_attempt_done()
    {
        await using TestServerProcess server = await StartAsync("--max-concurrent", "3", "--faults", "slow", "--fault-share", "1", "--faults-per-prompt", "1000");
        await using HttpTarget target = (HttpTarget)TargetFactory.Create(server.TargetId(), Settings with { MaxRetries = 40 });
        IReadOnlyList<CompletionRequest> requests = [.. Requests().Take(60)];
        List<Completion> completions = await target.CompleteAllAsync(requests);
        Assert.Equal(requests.Select(Expect), completions.OrderBy(c => c.RequestIndex).Select(c => new Expected(c.Disposition, c.Text)));
        JsonObject counters = await server.ReadCountersAsync(TestContext.Current.CancellationToken);
        Assert.True((int)counters["faults"]!["RateLimit"]! > 0, counters.ToJsonString());
        Assert.InRange(target.ConcurrencyLimit, 1, 16);
    }

    [Fact]
    public async Task A_chat_server_without_completions_is_found_out()
    {
        await using TestServerProcess server = await StartAsync("--no-completions");
        await using ITarget target = TargetFactory.Create(server.TargetId(), Settings);
        await CheckAsync(server, target, faults: "", refusals: true);
        Assert.Equal("chat", target.Capabilities.Endpoint);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_reported_as_such()
    {
        TestServerProcess server = await StartAsync();
        string id = server.TargetId();
        await server.DisposeAsync();
        await using ITarget target = TargetFactory.Create(id, Settings);
        Indexing.ReciteException error = await Assert.ThrowsAsync<Indexing.ReciteException>(() => target.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"The target {id} cannot be used: no server answers at {server.Address.GetLeftPart(UriPartial.Authority)} (tried 3 times).", error.Message);
    }

    [Theory]
    [InlineData("wrong", "refused the key in RECITE_API_KEY (401)")]
    [InlineData(null, "set the environment variable RECITE_API_KEY")]
    public async Task A_wrong_key_is_reported_by_its_variable(string? key, string expected)
    {
        await using TestServerProcess server = await StartAsync("--key", "right");
        await using ITarget target = TargetFactory.Create(server.TargetId(), Settings with { Environment = _ => key });
        Indexing.ReciteException error = await Assert.ThrowsAsync<Indexing.ReciteException>(() => target.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static Task<TestServerProcess> StartAsync(params string[] options) =>
        TestServerProcess.StartAsync(TestContext.Current.CancellationToken, ["--echo", .. options]);

    private static async Task CheckAsync(TestServerProcess server, ITarget target, string faults, bool refusals, bool filters = true)
    {
        IReadOnlyList<CompletionRequest> requests = [.. Requests().Select(request => request with
        {
            Prompt = request.Index switch
            {
                11 or 12 when refusals => $"trigger:refuse {request.Index}",
                21 or 22 when filters => $"trigger:filter {request.Index}",
                _ => request.Prompt,
            },
        })];
        List<Completion> completions = await target.CompleteAllAsync(requests);

        Assert.Equal(requests.Select(Expect), completions.OrderBy(c => c.RequestIndex).Select(c => new Expected(c.Disposition, c.Text)));
        Assert.All(completions, c => Assert.Equal(c.CompletionTokenCount, c.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
        JsonObject counters = await server.ReadCountersAsync(TestContext.Current.CancellationToken);

        // Connecting takes one served request of its own.
        Assert.Equal((Attempts + 1, Attempts + 1), ((int)counters["served"]!, (int)counters["promptsServed"]!));
        Assert.Equal(faults, string.Join(',', counters["faults"]!.AsObject().Where(kind => (int)kind.Value! > 0).Select(kind => kind.Key)));
    }

    // Prompts of many lengths, some cut by their limit, with words of every width in UTF-8.
    private static List<CompletionRequest> Requests()
    {
        string[] words = ["one", "größe", "слово", "字典", "🦉", "naïve", "\"quoted\"", "back\\slash", "tab\tbed"];
        return [.. Enumerable.Range(0, Attempts).Select(i => new CompletionRequest
        {
            Index = i,
            AttemptId = $"attempt-{i}",
            Prompt = string.Join(' ', Enumerable.Range(0, 1 + (i % 13)).Select(j => words[(i + j) % words.Length]).Prepend($"p{i}")),
            MaxTokens = 10,
        })];
    }

    private static Expected Expect(CompletionRequest request)
    {
        if (request.Prompt.StartsWith("trigger:refuse", StringComparison.Ordinal))
            return new Expected(Disposition.Refused, "No.");
        string[] reversed = [.. request.Prompt.Split(' ').Reverse()];
        if (request.Prompt.StartsWith("trigger:filter", StringComparison.Ordinal))
            return new Expected(Disposition.Filtered, reversed[0]);
        return new Expected(reversed.Length > 10 ? Disposition.Truncated : Disposition.Completed, string.Join(' ', reversed.Take(10)));
    }

    private sealed record Expected(Disposition Disposition, string Text);
}
