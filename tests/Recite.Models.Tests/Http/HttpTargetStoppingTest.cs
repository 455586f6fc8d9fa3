using System.Net;
using Microsoft.Extensions.Time.Testing;
using Recite.Models.Http;
using Recite.Targets;

namespace Recite.Models.Tests.Http;

/// <summary>When exchanges end although nothing came: at a time limit, or because nobody waits for them any more.</summary>
public sealed class HttpTargetStoppingTest
{
    private readonly FakeTimeProvider time = new();

    private TargetSettings Settings => new() { Endpoint = EndpointChoice.Completions, TimeProvider = time, TimeLimits = Asking.Patient };

    [Fact]
    public async Task Silence_ends_at_the_limit_for_the_first_byte()
    {
        StubServer server = new(async (number, _, cancellationToken) =>
        {
            if (number > 1)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return StubServer.Reply();
        });
        await using HttpTarget target = server.CreateTarget(Settings with { MaxRetries = 0, TimeLimits = Asking.Patient with { FirstByte = TimeSpan.FromHours(1) } });
        Completion completion = Assert.Single(await time.DriveAsync(target.CompleteAllAsync(Asking.Requests(1))));
        Assert.Contains("no reply came within 3600 s", completion.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 5, "the reply stood still for 3600 s")]
    [InlineData(5, 1, "the reply was not complete after 3600 s")]
    public async Task A_reply_that_stands_still_ends_at_the_limits(int idleHours, int totalHours, string expected)
    {
        StubServer server = new(number => number == 1
            ? StubServer.Reply()
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new StallingStream()) });
        TimeLimits limits = Asking.Patient with { Idle = TimeSpan.FromHours(idleHours), Total = TimeSpan.FromHours(totalHours) };
        await using HttpTarget target = server.CreateTarget(Settings with { MaxRetries = 0, TimeLimits = limits });
        Completion completion = Assert.Single(await time.DriveAsync(target.CompleteAllAsync(Asking.Requests(1))));
        Assert.Contains(expected, completion.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_stops_at_once_and_yields_nothing_more()
    {
        using CancellationTokenSource stop = new();
        StubServer server = new(async (number, _, cancellationToken) =>
        {
            if (number > 5)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return StubServer.Reply();
        });
        await using HttpTarget target = server.CreateTarget(Settings with { MaxConnections = 3 });
        List<int> yielded = [];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Completion completion in target.CompleteAsync(Asking.Requests(100), stop.Token))
            {
                yielded.Add(completion.RequestIndex);
                if (yielded.Count == 4)
                    await stop.CancelAsync();
            }
        });
        Assert.Equal(4, yielded.Distinct().Count());
        Assert.Equal(4, yielded.Count);
    }

    [Fact]
    public async Task A_reader_who_leaves_early_leaves_nothing_running()
    {
        int running = 0;
        StubServer server = new(async (number, _, cancellationToken) =>
        {
            if (number <= 2)
                return StubServer.Reply();
            Interlocked.Increment(ref running);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return StubServer.Reply();
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        });
        await using HttpTarget target = server.CreateTarget(Settings with { MaxConnections = 4 });
        await foreach (Completion completion in target.CompleteAsync(Asking.Requests(50), TestContext.Current.CancellationToken))
        {
            Assert.Equal(Disposition.Completed, completion.Disposition);
            break;
        }

        Assert.Equal(0, running);
    }

    /// <summary>The beginning of a reply, then nothing until whoever reads gives up.</summary>
    private sealed class StallingStream : MemoryStream
    {
        private bool begun;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (begun)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            begun = true;
            "{"u8.CopyTo(buffer.Span);
            return 1;
        }
    }
}
