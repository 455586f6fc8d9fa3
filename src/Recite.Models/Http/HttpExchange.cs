using System.Net;
using System.Net.Http.Headers;
using Recite.Targets;

namespace Recite.Models.Http;

/// <summary>Sends one request once and says how that went; never throws for what a server or network does.</summary>
internal sealed class HttpExchange(HttpClient client, ApiKey key, TimeLimits limits, TimeProvider time)
{
    private const long MaximumErrorBytes = 1 << 20;

    /// <summary>Posts the request and reads the reply.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<TryOutcome> SendAsync(IWireProtocol protocol, CompletionRequest request, CancellationToken cancellationToken)
    {
        using ExchangeClock clock = new(limits, time, cancellationToken);
        try
        {
            using HttpRequestMessage message = new(HttpMethod.Post, protocol.Address);

            // A byte array has a length, so the body is never sent in chunks, which many small servers cannot read.
            message.Content = new ByteArrayContent(protocol.WriteBody(request));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            protocol.WriteHeaders(message, key);
            using HttpResponseMessage response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, clock.Token);
            clock.Hear();
            return response.StatusCode == HttpStatusCode.OK
                ? await ReadCompletionAsync(response, protocol, request, clock)
                : await ReadFailureAsync(response, protocol, request, clock);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TryOutcome.Of(new Failure(FailureKind.Transient, clock.Token.IsCancellationRequested
                ? clock.Describe()
                : $"no connection stood within {limits.Connect.TotalSeconds} s")
            { Unreachable = !clock.Token.IsCancellationRequested });
        }
        catch (HttpRequestException error)
        {
            return TryOutcome.Of(NetworkFailures.Describe(error, protocol.Address));
        }
        catch (IOException)
        {
            return TryOutcome.Of(new Failure(FailureKind.Transient, "the connection broke off inside the reply"));
        }
        catch (ReplyException error)
        {
            return TryOutcome.Of(new Failure(error.Retry ? FailureKind.Transient : FailureKind.Permanent, error.Message));
        }
    }

    private async Task<TryOutcome> ReadCompletionAsync(HttpResponseMessage response, IWireProtocol protocol, CompletionRequest request, ExchangeClock clock)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(clock.Token);
        await using BoundedStream bounded = new(body, ReplyReader.MaximumBytes(request.MaxTokens), clock);
        ReceivedReply reply = await ReplyReader.ReadAsync(
            bounded, response.Content.Headers.ContentType?.MediaType, protocol, key, clock.Token);
        reply.RequestId = ReadRequestId(response) ?? Shorten(reply.RequestId);
        return TryOutcome.Of(reply.ToCompletion(request), Shorten(reply.Revision)) with { Scored = reply.Scored };
    }

    private async Task<TryOutcome> ReadFailureAsync(HttpResponseMessage response, IWireProtocol protocol, CompletionRequest request, ExchangeClock clock)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(clock.Token);
        await using BoundedStream bounded = new(body, MaximumErrorBytes, clock);
        string text = await ReplyReader.ReadTextAsync(bounded, clock.Token);
        ServerError said = ServerError.Read(text, key);
        if (StatusFailures.IsFilter(response.StatusCode, said))
        {
            return TryOutcome.Of(
                new Completion
                {
                    RequestIndex = request.Index,
                    Disposition = Disposition.Filtered,
                    FinishReason = FilterMarks.Word(text, said),
                    RequestId = ReadRequestId(response),
                },
                revision: null);
        }

        return TryOutcome.Of(StatusFailures.Describe(response, protocol, said, key, time));
    }

    private string? ReadRequestId(HttpResponseMessage response)
    {
        foreach (string name in (string[])["x-request-id", "request-id"])
        {
            if (response.Headers.TryGetValues(name, out IEnumerable<string>? values))
                return Shorten(values.First());
        }

        return null;
    }

    private string? Shorten(string? text) => string.IsNullOrEmpty(text) ? null : ServerError.Clean(text, key);
}
