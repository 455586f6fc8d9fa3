using System.Net;
using System.Reflection;

namespace Recite.Models.Http;

/// <summary>Makes the connections of all servers: no cookies, no redirects, no decompression, bounded headers, an honest name.</summary>
internal static class HttpConnection
{
    /// <summary>A pool of connections to one server.</summary>
    public static SocketsHttpHandler CreateHandler(Uri server, TimeLimits limits) => new()
    {
        // A redirect would carry prompts, and could carry the key, to a host that the user did not name.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !server.IsLoopback,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = limits.Connect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        MaxResponseHeadersLength = 64,
        ActivityHeadersPropagator = null,
    };

    /// <summary>A client whose time limits are those of <see cref="ExchangeClock"/>.</summary>
    public static HttpClient CreateClient(HttpMessageHandler handler)
    {
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"recite/{Version}");
        return client;
    }

    private static string Version =>
        typeof(HttpConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
