using System.Net;
using System.Runtime.CompilerServices;
using Recite.Indexing;
using Recite.Models.Http.Scoring;
using Recite.Targets;

namespace Recite.Models.Http;

/// <summary>A model behind a server. Which protocol is spoken is found out on connecting: the first candidate that the server knows.</summary>
internal sealed class HttpTarget : ITarget
{
    // A wrong address should be reported in seconds, while a server that is only busy deserves every retry.
    private const int RetriesWhileUnreachable = 2;

    private readonly IReadOnlyList<IWireProtocol> candidates;
    private readonly ApiKey key;
    private readonly TargetSettings settings;
    private readonly HttpClient client;
    private readonly ConcurrencyController concurrency;
    private readonly RequestRunner runner;
    private readonly IReadOnlyList<IScoringProtocol> scorings;
    private IWireProtocol? protocol;
    private HttpScorer? scorer;

    /// <summary>Creates the target without touching the network; whether it scores is tried in the order of <paramref name="scorings"/>.</summary>
    public HttpTarget(
        string id,
        IReadOnlyList<IWireProtocol> candidates,
        ApiKey key,
        TargetSettings settings,
        HttpMessageHandler handler,
        IReadOnlyList<IScoringProtocol>? scorings = null)
    {
        this.scorings = scorings ?? [];
        Id = id;
        this.candidates = candidates;
        this.key = key;
        this.settings = settings;
        client = HttpConnection.CreateClient(handler);
        concurrency = settings.MaxConnections is { } pinned
            ? ConcurrencyController.Pinned(pinned, settings.TimeProvider)
            : new ConcurrencyController(start: 4, maximum: 64, settings.TimeProvider);
        runner = new RequestRunner(
            new HttpExchange(client, key, settings.TimeLimits, settings.TimeProvider),
            concurrency,
            new RetrySchedule(settings.FirstRetryDelay, TimeSpan.FromMinutes(1), settings.Seed),
            settings.TimeProvider);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public TargetCapabilities Capabilities { get; private set; } =
        new("", Revision: null, Scoring: false, TokenPrompts: false, Deterministic: false, ContextTokens: null);

    /// <inheritdoc/>
    public ITokenizer? Tokenizer => null;

    /// <summary>How many exchanges may be under way now.</summary>
    internal int ConcurrencyLimit => concurrency.Limit;

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        key.Load(Id);

        // One short request shows in one go whether address, key, model and endpoint are right, before an audit depends on them.
        CompletionRequest hello = new() { Index = -1, AttemptId = "connect", Prompt = "Hello", MaxTokens = 16 };
        foreach (IWireProtocol candidate in candidates)
        {
            SettledRequest settled = await runner.RunAsync(candidate, hello, RetriesWhileUnreachable, cancellationToken);
            if (settled.Outcome.Failure is { Kind: not FailureKind.Permanent, Unreachable: false })
                settled = await runner.RunAsync(candidate, hello, settings.MaxRetries, cancellationToken);

            if (settled.Outcome.Failure is { } failure)
            {
                bool hasNoSuchEndpoint = failure.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;
                if (hasNoSuchEndpoint && candidate != candidates[^1])
                    continue;
                throw new ReciteException($"The target {Id} cannot be used: {settled.Reason}.");
            }

            Capabilities = Capabilities with { Endpoint = candidate.Endpoint, Revision = settled.Outcome.Revision };
            protocol = candidate;
            await DetectScoringAsync(candidate, cancellationToken);
            return;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Completion> CompleteAsync(
        IReadOnlyList<CompletionRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (CompletionRequest request in requests)
        {
            if (candidates[0].FindUnsupported(request.Sampling) is { } unsupported)
                throw new ReciteException($"The target {Id} cannot be asked this way: {unsupported}.");
        }

        if (protocol is null)
            await ConnectAsync(cancellationToken);
        IWireProtocol connected = protocol!;
        IAsyncEnumerable<Completion> completions = ConcurrentWork.RunAsync(
            requests, concurrency.Maximum, (request, stop) => CompleteOneAsync(connected, request, stop), cancellationToken);
        await foreach (Completion completion in completions)
            yield return completion;
    }

    /// <inheritdoc/>
    /// <exception cref="ReciteException">The server does not score prompts, or cannot be used at all.</exception>
    public async IAsyncEnumerable<SuffixScore> ScoreAsync(
        IReadOnlyList<ScoreRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (protocol is null)
            await ConnectAsync(cancellationToken);
        HttpScorer connected = scorer ?? throw new ReciteException($"The target {Id} gives no scores of prompts: it was asked by prompt_logprobs and by echo; use a server that knows one of them, or a local model.");
        await foreach (SuffixScore score in ConcurrentWork.RunAsync(requests, concurrency.Maximum, connected.ScoreAsync, cancellationToken))
            yield return score;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        concurrency.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Completion> CompleteOneAsync(IWireProtocol connected, CompletionRequest request, CancellationToken cancellationToken)
    {
        SettledRequest settled = await runner.RunAsync(connected, request, settings.MaxRetries, cancellationToken);
        return settled.Outcome.Completion ?? Fail(request, settled);
    }

    // Chat templates stand between a prompt and the model's tokens, so that only a connection that continues text can be asked.
    private async Task DetectScoringAsync(IWireProtocol connected, CancellationToken cancellationToken)
    {
        foreach (IScoringProtocol candidate in connected.Endpoint is "completions" ? scorings : [])
        {
            HttpScorer tried = new(Id, candidate, runner, settings.MaxRetries);
            if (!await tried.DetectAsync(cancellationToken))
                continue;
            scorer = tried;
            Capabilities = Capabilities with { Scoring = true, ScoringMethod = tried.Method };
            return;
        }
    }

    private Completion Fail(CompletionRequest request, SettledRequest settled) => new()
    {
        RequestIndex = request.Index,
        Disposition = Disposition.Error,
        Error = $"{Id}: {settled.Reason}.",
    };
}
