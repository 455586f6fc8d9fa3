using System.Globalization;
using Recite.TestServer.Protocols;

namespace Recite.TestServer.Faults;

/// <summary>Sends a reply, or what a fault leaves of it.</summary>
internal static class ReplyWriter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Writes the reply; true if all of it went out.</summary>
    public static async Task<bool> WriteAsync(HttpContext context, PreparedReply reply, FaultKind fault)
    {
        byte[] whole = [.. reply.Parts.SelectMany(part => part)];
        HttpResponse response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        byte[] half = Halve(reply, whole);
        switch (fault)
        {
            case FaultKind.Refuse:
                context.Abort();
                return false;
            case FaultKind.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return false;
            case FaultKind.Truncate:
                await response.Body.WriteAsync(half);
                return false;
            case FaultKind.Drop or FaultKind.Stall:
                if (!reply.IsStream)
                    response.ContentLength = whole.Length;
                await response.Body.WriteAsync(half);
                await response.Body.FlushAsync();
                if (fault == FaultKind.Stall)
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                context.Abort();
                return false;
            case FaultKind.Slow:
                await DripAsync(response, whole, context.RequestAborted);
                return true;
            default:
                await WritePartsAsync(response, reply, whole, context.RequestAborted);
                return true;
        }
    }

    /// <summary>Asks to be left alone for a while, once in seconds, once by a date.</summary>
    public static void AddRetryAfter(HttpContext context, int seconds, bool asDate, TimeProvider time) =>
        context.Response.Headers.RetryAfter = asDate
            ? time.GetUtcNow().AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture)
            : seconds.ToString(CultureInfo.InvariantCulture);

    private static async Task WritePartsAsync(HttpResponse response, PreparedReply reply, byte[] whole, CancellationToken cancellationToken)
    {
        if (!reply.IsStream)
        {
            response.ContentLength = whole.Length;
            await response.Body.WriteAsync(whole, cancellationToken);
            return;
        }

        foreach (byte[] part in reply.Parts)
        {
            await response.Body.WriteAsync(part, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }

    private static async Task DripAsync(HttpResponse response, byte[] whole, CancellationToken cancellationToken)
    {
        int drops = 0;
        foreach (byte[] few in whole.Chunk(3))
        {
            await response.Body.WriteAsync(few, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);

            // Timers are coarse: a pause after each of a thousand drops would take many seconds.
            if (drops++ % 64 == 0)
                await Task.Delay(Pause, cancellationToken);
        }
    }

    // Half of the events of a stream, never the last two, which say that it has ended; half of the bytes of anything else.
    private static byte[] Halve(PreparedReply reply, byte[] whole) =>
        reply.IsStream ? [.. reply.Parts.Take(Math.Min(reply.Parts.Count / 2, reply.Parts.Count - 3)).SelectMany(part => part)] : whole[..(whole.Length / 2)];
}
