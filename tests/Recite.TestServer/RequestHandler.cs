using System.Text.Json;
using System.Text.Json.Nodes;
using Recite.TestServer.Engines;
using Recite.TestServer.Faults;
using Recite.TestServer.Protocols;

namespace Recite.TestServer;

/// <summary>Takes a request from its first byte to the last of its reply.</summary>
internal sealed class RequestHandler(ServerOptions options, IReplyEngine engine, FaultSchedule schedule, Counters counters, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context, IProtocol protocol)
    {
        int underWay = counters.Enter(out int number);
        try
        {
            await AnswerAsync(context, protocol, number, underWay);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody left to answer.
            context.Abort();
        }
        finally
        {
            counters.Leave();
        }
    }

    private async Task AnswerAsync(HttpContext context, IProtocol protocol, int number, int underWay)
    {
        // Like many small servers, this one cannot read a body of unknown length.
        if (context.Request.ContentLength is null)
        {
            await RefuseAsync(context, 411, protocol.WriteError("invalid_request_error", "Content-Length is missing."));
            return;
        }

        if (options.Key is not null && !HasKey(context))
        {
            await RefuseAsync(context, 401, protocol.WriteError("authentication_error", "Incorrect API key provided."));
            return;
        }

        JsonObject body = (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, cancellationToken: context.RequestAborted))!;
        if (!string.Equals((string?)body["model"], options.Name, StringComparison.Ordinal))
        {
            await RefuseAsync(context, 404, protocol.WriteError("model_not_found", $"The model {body["model"]} does not exist."));
            return;
        }

        Question question;
        try
        {
            question = protocol.Read(body);
        }
        catch (NotSupportedException error)
        {
            await RefuseAsync(context, 400, protocol.WriteError("invalid_request_error", error.Message));
            return;
        }

        FaultKind fault = schedule.Choose(question.Prompt, number, underWay);
        counters.CountFault(fault);
        if (await RefuseByFaultAsync(context, protocol, fault, number))
            return;

        try
        {
            Answer answer = engine.Reply(question);
            PreparedReply reply = (bool?)body["stream"] == true
                ? PreparedReply.Stream(protocol.WriteEvents(body, answer))
                : PreparedReply.Json(protocol.WriteWhole(body, answer));
            if (await ReplyWriter.WriteAsync(context, reply, fault))
                counters.CountServed(question.Prompt);
        }
        catch (ContextExceededException error)
        {
            await RefuseAsync(context, 400, protocol.WriteError("context_length_exceeded", error.Message));
        }
    }

    private async Task<bool> RefuseByFaultAsync(HttpContext context, IProtocol protocol, FaultKind fault, int number)
    {
        switch (fault)
        {
            case FaultKind.RateLimit:
                ReplyWriter.AddRetryAfter(context, options.RetryAfterSeconds, asDate: number % 2 == 0, time);
                await RefuseAsync(context, 429, protocol.WriteError("rate_limit_error", "Slow down."));
                return true;
            case FaultKind.Overloaded:
                await RefuseAsync(context, protocol.OverloadedStatus, protocol.WriteError("overloaded_error", "Overloaded."));
                return true;
            case FaultKind.Error:
                await RefuseAsync(context, 500, protocol.WriteError("server_error", "Something broke."));
                return true;
            default:
                return false;
        }
    }

    private static async Task RefuseAsync(HttpContext context, int status, JsonObject error) =>
        await ReplyWriter.WriteAsync(context, PreparedReply.Json(error, status), FaultKind.None);

    private bool HasKey(HttpContext context) =>
        string.Equals(context.Request.Headers.Authorization, $"Bearer {options.Key}", StringComparison.Ordinal)
        || string.Equals(context.Request.Headers["x-api-key"], options.Key, StringComparison.Ordinal);
}
