using System.Net;

namespace Recite.Models.Http;

/// <summary>Says in words what a status other than 200 means, and whether sending again may help.</summary>
internal static class StatusFailures
{
    private static readonly string[] s_filterWords =
    [
        "content_filter", "content filter", "content management policy", "content_policy_violation", "ResponsibleAIPolicyViolation",
        "protected_material", "protected material",
    ];

    private const HttpStatusCode TooEarly = (HttpStatusCode)425;
    private const HttpStatusCode Overloaded = (HttpStatusCode)529;

    /// <summary>Whether the refusal is a content filter's: that is what came back, not a failure.</summary>
    public static bool IsFilter(HttpStatusCode status, ServerError said) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden && SpeaksOfFilter(said);

    /// <summary>Whether an error is a content filter's: Azure's and OpenAI's codes, Anthropic's sentence about a blocked output.</summary>
    public static bool SpeaksOfFilter(ServerError said) => Array.Exists(s_filterWords, said.Mentions);

    /// <summary>The failure behind a status.</summary>
    public static Failure Describe(HttpResponseMessage response, IWireProtocol protocol, ServerError said, ApiKey key, TimeProvider time)
    {
        HttpStatusCode status = response.StatusCode;
        string words = said.ToString() is { Length: > 0 } message ? $": {message}" : "";
        string path = protocol.Address.AbsolutePath;
        string reason = status switch
        {
            // The server's own words may repeat parts of the key.
            HttpStatusCode.Unauthorized when key.IsSet => $"the server refused the key in {key.Variable} (401)",
            HttpStatusCode.Unauthorized => $"the server wants a key (401); set the environment variable {key.Variable}",
            HttpStatusCode.NotFound => $"the server has no such model or no {path} (404){words}",
            _ when (int)status is >= 300 and < 400 => $"the server points elsewhere ({(int)status}), which is not followed; write the final address as the target",
            _ => $"the server answered {(int)status} to {path}{words}",
        };

        return new Failure(FindKind(status, said), reason)
        {
            Status = status,
            Said = said,
            RetryAfter = RetryAfter.Read(response.Headers, time.GetUtcNow()),
        };
    }

    private static FailureKind FindKind(HttpStatusCode status, ServerError said) => status switch
    {
        // A spent account also answers 429; waiting does not fill it.
        HttpStatusCode.TooManyRequests when said.Mentions("insufficient_quota") => FailureKind.Permanent,
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or Overloaded => FailureKind.Throttled,
        HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or TooEarly => FailureKind.Transient,
        HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported => FailureKind.Permanent,
        >= HttpStatusCode.InternalServerError => FailureKind.Transient,
        _ => FailureKind.Permanent,
    };
}
