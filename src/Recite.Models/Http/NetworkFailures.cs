namespace Recite.Models.Http;

/// <summary>Says in words what the network did.</summary>
internal static class NetworkFailures
{
    /// <summary>What an exchange that brought no whole reply failed of.</summary>
    public static Failure Describe(HttpRequestException error, Uri address)
    {
        string server = address.GetLeftPart(UriPartial.Authority);
        return error.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError =>
                new Failure(FailureKind.Transient, $"the name {address.IdnHost} is not known to the network") { Unreachable = true },
            HttpRequestError.ConnectionError =>
                new Failure(FailureKind.Transient, $"no server answers at {server}") { Unreachable = true },
            HttpRequestError.SecureConnectionError =>
                new Failure(FailureKind.Permanent, $"no trusted connection to {server} could be made (its certificate was not accepted)") { Unreachable = true },
            HttpRequestError.ConfigurationLimitExceeded =>
                new Failure(FailureKind.Permanent, "the reply's headers are too large"),
            HttpRequestError.ProxyTunnelError =>
                new Failure(FailureKind.Transient, "the proxy made no connection") { Unreachable = true },
            _ => new Failure(FailureKind.Transient, "the connection broke off before the reply"),
        };
    }
}
