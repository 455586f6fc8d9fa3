using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Recite.Indexing;
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
    private IWireProtocol? protocol;

    /// <summary>Creates the target without touching the network.</summary>
    public HttpTarget(string id, IReadOnlyList<IWireProtocol> candidates, ApiKey key, TargetSettings settings, HttpMessageHandler handler)
    {
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
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int workers = Math.Min(concurrency.Maximum, requests.Count);

        // Bounded, so that a slow reader slows the workers down instead of filling memory with replies.
        Channel<Completion> finished = Channel.CreateBounded<Completion>(Math.Max(1, workers));
        Task working = WorkAsync(connected, requests, workers, finished.Writer, stop.Token);
        try
        {
            await foreach (Completion completion in finished.Reader.ReadAllAsync(cancellationToken))
                yield return completion;
        }
        finally
        {
            await stop.CancelAsync();
            await working;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Servers are not asked for scores.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        concurrency.Dispose();
        return ValueTask.CompletedTask;
    }

    // Each worker takes the next request, brings it to its end and hands in exactly one completion for it. Ends the channel with
    // the first failure of its own, so that the reader sees it.
    private async Task WorkAsync(
        IWireProtocol connected, IReadOnlyList<CompletionRequest> requests, int workers, ChannelWriter<Completion> finished, CancellationToken cancellationToken)
    {
        int next = -1;

        async Task WorkOneAsync()
        {
            for (int taken = Interlocked.Increment(ref next); taken < requests.Count; taken = Interlocked.Increment(ref next))
            {
                SettledRequest settled = await runner.RunAsync(connected, requests[taken], settings.MaxRetries, cancellationToken);
                await finished.WriteAsync(settled.Outcome.Completion ?? Fail(requests[taken], settled), cancellationToken);
            }
        }

        try
        {
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkOneAsync()));
            finished.Complete();
        }
        catch (Exception error)
        {
            finished.Complete(error);
        }
    }

    private Completion Fail(CompletionRequest request, SettledRequest settled) => new()
    {
        RequestIndex = request.Index,
        Disposition = Disposition.Error,
        Error = $"{Id}: {settled.Reason}.",
    };
}
