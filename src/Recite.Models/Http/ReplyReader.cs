using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Recite.Models.Http;

/// <summary>Reads the body of a served request, in one piece or as server-sent events, whichever the server chose to send.</summary>
internal static class ReplyReader
{
    private const long LargestReply = 16L << 20;

    /// <summary>
    /// Largest reply that is read, in bytes: a token may cost 8 KiB of protocol, ten times what the wordiest server spends. Up to 64
    /// replies come in at once, so a server that sends rubbish must not be given the largest size for every one of them.
    /// </summary>
    public static long MaximumBytes(int maxTokens) => Math.Min(LargestReply, (1L << 20) + (maxTokens * 8192L));

    /// <summary>Reads a body to its end.</summary>
    /// <exception cref="ReplyException">The body breaks off, is too large, or is no reply.</exception>
    public static async Task<ReceivedReply> ReadAsync(
        Stream body, string? mediaType, IWireProtocol protocol, ApiKey key, CancellationToken cancellationToken)
    {
        ReceivedReply reply = new();
        try
        {
            if (string.Equals(mediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase))
                await ReadStreamAsync(body, protocol, key, reply, cancellationToken);
            else
                ReadWhole(await ReadTextAsync(body, cancellationToken), protocol, key, reply);
        }
        catch (JsonException)
        {
            throw new ReplyException($"the reply is not the JSON that was asked for{(mediaType is null ? "" : $" (it came as {ServerError.Clean(mediaType, key)})")}");
        }

        return reply;
    }

    /// <summary>Reads a bounded body as text; bytes that are not UTF-8 become U+FFFD, because small servers cut characters in half.</summary>
    public static async Task<string> ReadTextAsync(Stream body, CancellationToken cancellationToken)
    {
        using MemoryStream bytes = new();
        await body.CopyToAsync(bytes, cancellationToken);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).TrimStart('\uFEFF');
    }

    private static void ReadWhole(string json, IWireProtocol protocol, ApiKey key, ReceivedReply reply)
    {
        using JsonDocument document = JsonDocument.Parse(json, JsonFields.Options);
        if (!EndsInFilter(document.RootElement, key, reply))
            protocol.ReadWhole(document.RootElement, reply);
    }

    private static async Task ReadStreamAsync(
        Stream body, IWireProtocol protocol, ApiKey key, ReceivedReply reply, CancellationToken cancellationToken)
    {
        await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            if (item.Data.AsSpan().Trim() is "[DONE]")
            {
                reply.Ended = true;
                break;
            }

            // Keep-alive events of some proxies carry no data.
            if (string.IsNullOrWhiteSpace(item.Data))
                continue;

            using JsonDocument document = JsonDocument.Parse(item.Data, JsonFields.Options);
            if (!EndsInFilter(document.RootElement, key, reply))
                protocol.ReadEvent(document.RootElement, reply);
            if (reply.Ended)
                break;
        }

        // A stream that just ends has been cut: its text must never be taken for what the target had to say.
        if (!reply.Ended && reply.FinishReason is null)
            throw new ReplyException("the stream broke off before its end");
    }

    // Servers that have sent "200 OK" already can report a failure only in the body. A filter that cut the reply is no failure: the text
    // that came before it stays, and asking again would throw it away.
    private static bool EndsInFilter(JsonElement root, ApiKey key, ReceivedReply reply)
    {
        if (root.Field("error").ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
            return false;
        var said = ServerError.Read(root, key);
        if (!StatusFailures.SpeaksOfFilter(said))
            throw new ReplyException($"the server reported an error in its reply: {said}");
        reply.FinishReason = FilterMarks.Word(root);
        reply.Ended = true;
        return true;
    }
}
