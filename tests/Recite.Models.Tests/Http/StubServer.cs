using System.Net;
using System.Text;
using Recite.Models.Http;
using Recite.Models.OpenAI;

namespace Recite.Models.Tests.Http;

/// <summary>A request as a server got it.</summary>
internal sealed record SeenRequest(Uri Address, string Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>Stands in for a server: answers each request by a function of its number (from 1 on) and remembers what it saw.</summary>
internal sealed class StubServer(Func<int, SeenRequest, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly Lock gate = new();
    private readonly List<SeenRequest> seen = [];

    public StubServer(Func<int, HttpResponseMessage> answer)
        : this((number, _, _) => Task.FromResult(answer(number)))
    {
    }

    public IReadOnlyList<SeenRequest> Seen
    {
        get
        {
            lock (gate)
                return [.. seen];
        }
    }

    public static HttpResponseMessage Reply(string text = "word", string finish = "stop") =>
        Json(200, $$$"""{"id":"r1","model":"m-1","choices":[{"index":0,"text":"{{{text}}}","finish_reason":"{{{finish}}}"}],"usage":{"prompt_tokens":2,"completion_tokens":1}}""");

    public static HttpResponseMessage Json(int status, string json) =>
        new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Status(int status, string message = "", string? retryAfter = null)
    {
        HttpResponseMessage response = Json(status, $$$"""{"error":{"message":"{{{message}}}"}}""");
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }

    /// <summary>A target of this server, by default over <c>/completions</c> only and with time limits that no fake clock reaches by accident.</summary>
    public HttpTarget CreateTarget(TargetSettings settings, string? key = null)
    {
        settings = settings with { Environment = name => name is "RECITE_API_KEY" ? key : null };
        Uri address = new("http://model.test/v1");
        List<IWireProtocol> protocols = [new CompletionsProtocol(address, "m", vendor: false, settings)];
        if (settings.Endpoint == EndpointChoice.Auto)
            protocols.Add(new ChatProtocol(address, "m", vendor: false, settings));
        return new HttpTarget("http://model.test/v1#m", protocols, new ApiKey("RECITE_API_KEY", required: false, settings.Environment), settings, this);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = await request.Content!.ReadAsStringAsync(cancellationToken);
        Dictionary<string, string> headers = request.Headers.Concat(request.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(' ', header.Value), StringComparer.OrdinalIgnoreCase);
        SeenRequest now = new(request.RequestUri!, body, headers);
        int number;
        lock (gate)
        {
            seen.Add(now);
            number = seen.Count;
        }

        return await answer(number, now, cancellationToken);
    }
}
