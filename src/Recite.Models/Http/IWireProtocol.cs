using System.Text.Json;
using Recite.Targets;

namespace Recite.Models.Http;

/// <summary>How one kind of endpoint is asked and how its replies read. One request after another may be written and read at the same time.</summary>
internal interface IWireProtocol
{
    /// <summary>The name on the report: <c>completions</c> or <c>chat</c>.</summary>
    string Endpoint { get; }

    /// <summary>Where requests are posted.</summary>
    Uri Address { get; }

    /// <summary>What in these options the protocol cannot do, as a clause, the same for all candidates of a target; <see langword="null"/> if it can do all.</summary>
    string? FindUnsupported(SamplingOptions sampling);

    /// <summary>Adds the headers that the endpoint wants, the key among them.</summary>
    void WriteHeaders(HttpRequestMessage message, ApiKey key);

    /// <summary>The body of the request as JSON.</summary>
    byte[] WriteBody(CompletionRequest request);

    /// <summary>Reads a reply that came in one piece.</summary>
    void ReadWhole(JsonElement root, ReceivedReply reply);

    /// <summary>Reads one event of a stream.</summary>
    void ReadEvent(JsonElement root, ReceivedReply reply);

    /// <summary>Learns from a refusal how this server wants to be asked; true if asking again makes sense.</summary>
    bool Adapt(ServerError error);
}
