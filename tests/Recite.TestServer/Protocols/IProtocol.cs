using System.Text.Json.Nodes;
using Recite.TestServer.Engines;

namespace Recite.TestServer.Protocols;

/// <summary>One way of being asked: reads requests, writes replies and errors.</summary>
internal interface IProtocol
{
    /// <summary>The question in a request's body.</summary>
    Question Read(JsonObject body);

    /// <summary>The reply in one piece.</summary>
    JsonObject WriteWhole(JsonObject body, Answer answer);

    /// <summary>The reply as events.</summary>
    IEnumerable<string> WriteEvents(JsonObject body, Answer answer);

    /// <summary>A refusal.</summary>
    JsonObject WriteError(string type, string message);

    /// <summary>What "overloaded" is in this protocol.</summary>
    int OverloadedStatus { get; }
}
