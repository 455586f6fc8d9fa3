using System.Text;
using System.Text.Json.Nodes;

namespace Recite.TestServer.Protocols;

/// <summary>A reply as bytes: one part, or one part per event.</summary>
internal sealed record PreparedReply(int Status, string ContentType, IReadOnlyList<byte[]> Parts)
{
    public static PreparedReply Json(JsonNode json, int status = 200) =>
        new(status, "application/json", [Encoding.UTF8.GetBytes(json.ToJsonString())]);

    public static PreparedReply Stream(IEnumerable<string> events) =>
        new(200, "text/event-stream", [.. events.Select(Encoding.UTF8.GetBytes)]);

    public bool IsStream => ContentType is "text/event-stream";
}
