using Recite.Targets;

namespace Recite.Models.Http;

/// <summary>Brings one request to its end: a place among the concurrent ones, a try, a wait, another try, up to a number.</summary>
internal sealed class RequestRunner(HttpExchange exchange, ConcurrencyController concurrency, RetrySchedule schedule, TimeProvider time)
{
    /// <summary>Tries until a completion is had, the failure is permanent or <paramref name="maxRetries"/> are used up.</summary>
    public async Task<SettledRequest> RunAsync(
        IWireProtocol protocol, CompletionRequest request, int maxRetries, CancellationToken cancellationToken)
    {
        int adaptations = 0;
        for (int tries = 1; ; tries++)
        {
            TryOutcome outcome = await TryOnceAsync(protocol, request, cancellationToken);
            if (outcome.Failure is not { } failure)
                return new SettledRequest(outcome, tries);

            // Each switch of a protocol is thrown once, so this ends; the bound is for a server that says anything at all.
            if (failure.Kind == FailureKind.Permanent && failure.Status is not null && adaptations < 4 && protocol.Adapt(failure.Said))
            {
                adaptations++;
                tries--;
                continue;
            }

            if (failure.Kind == FailureKind.Permanent || tries > maxRetries)
                return new SettledRequest(outcome, tries);

            await Task.Delay(schedule.Delay(request.Index, tries, failure.RetryAfter), time, cancellationToken);
        }
    }

    private async Task<TryOutcome> TryOnceAsync(IWireProtocol protocol, CompletionRequest request, CancellationToken cancellationToken)
    {
        ConcurrencyTicket ticket = await concurrency.AcquireAsync(cancellationToken);
        LoadSignal signal = LoadSignal.Failed;
        TimeSpan? pause = null;
        try
        {
            TryOutcome outcome = await exchange.SendAsync(protocol, request, cancellationToken);
            (signal, pause) = outcome.Failure switch
            {
                null => (LoadSignal.Served, null),
                { Kind: FailureKind.Throttled } throttled => (LoadSignal.Throttled, throttled.RetryAfter),
                _ => (LoadSignal.Failed, (TimeSpan?)null),
            };
            return outcome;
        }
        finally
        {
            concurrency.Release(ticket, signal, pause);
        }
    }
}

/// <summary>How a request ended and how many tries it took.</summary>
internal sealed record SettledRequest(TryOutcome Outcome, int Tries)
{
    /// <summary>The failure in one clause with the number of tries.</summary>
    public string Reason => Tries > 1 ? $"{Outcome.Failure?.Reason} (tried {Tries} times)" : $"{Outcome.Failure?.Reason}";
}
