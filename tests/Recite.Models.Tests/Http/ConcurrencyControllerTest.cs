using Microsoft.Extensions.Time.Testing;
using Recite.Models.Http;

namespace Recite.Models.Tests.Http;

public sealed class ConcurrencyControllerTest
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Starts_slowly_and_grows_only_while_the_limit_is_reached()
    {
        using ConcurrencyController controller = new(4, 64, time);
        List<ConcurrencyTicket> tickets = [.. Admitted(controller, 4)];
        Assert.False(controller.AcquireAsync(CancellationToken.None).IsCompleted);

        controller.Release(tickets[0], LoadSignal.Served, null);
        Assert.Equal(5, controller.Limit);

        // Three under way and the one that had waited: the fifth place is free, so another success proves nothing.
        controller.Release(tickets[1], LoadSignal.Served, null);
        Assert.Equal(5, controller.Limit);
    }

    [Fact]
    public void Never_exceeds_the_maximum()
    {
        using ConcurrencyController controller = new(4, 6, time);
        for (int round = 0; round < 20; round++)
        {
            foreach (ConcurrencyTicket ticket in Admitted(controller, controller.Limit))
                controller.Release(ticket, LoadSignal.Served, null);
        }

        Assert.InRange(controller.Limit, 5, 6);
    }

    [Fact]
    public void A_burst_of_refusals_halves_the_limit_once()
    {
        using ConcurrencyController controller = new(16, 64, time);
        foreach (ConcurrencyTicket ticket in Admitted(controller, 16))
            controller.Release(ticket, LoadSignal.Throttled, null);
        Assert.Equal(8, controller.Limit);

        foreach (ConcurrencyTicket ticket in Admitted(controller, 8))
            controller.Release(ticket, LoadSignal.Throttled, null);
        Assert.Equal(4, controller.Limit);
    }

    [Fact]
    public void Never_falls_below_one()
    {
        using ConcurrencyController controller = new(4, 64, time);
        for (int i = 0; i < 10; i++)
            controller.Release(Admitted(controller, 1)[0], LoadSignal.Throttled, null);
        Assert.Equal(1, controller.Limit);
        Assert.Single(Admitted(controller, 1));
    }

    [Fact]
    public void After_a_refusal_it_grows_by_one_per_round_and_no_faster()
    {
        using ConcurrencyController controller = new(16, 64, time);
        controller.Release(Admitted(controller, 1)[0], LoadSignal.Throttled, null);
        Assert.Equal(8, controller.Limit);

        // Eight places, kept full: each success of the round adds about an eighth.
        Queue<ConcurrencyTicket> underWay = new(Admitted(controller, 8));
        for (int i = 0; i < 9; i++)
        {
            controller.Release(underWay.Dequeue(), LoadSignal.Served, null);
            while (underWay.Count < controller.Limit)
                underWay.Enqueue(Admitted(controller, 1)[0]);
        }

        Assert.Equal(9, controller.Limit);
    }

    [Fact]
    public async Task A_pause_holds_for_everybody_until_its_time_has_come()
    {
        using ConcurrencyController controller = new(4, 64, time);
        List<ConcurrencyTicket> tickets = Admitted(controller, 2);
        controller.Release(tickets[0], LoadSignal.Throttled, TimeSpan.FromSeconds(10));
        Task<ConcurrencyTicket> waiting = controller.AcquireAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        // A shorter wish does not shorten the pause.
        controller.Release(tickets[1], LoadSignal.Throttled, TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        await waiting;
    }

    [Fact]
    public void Pinned_connections_stay_as_they_are_but_keep_pauses()
    {
        using ConcurrencyController controller = ConcurrencyController.Pinned(3, time);
        List<ConcurrencyTicket> tickets = Admitted(controller, 3);
        controller.Release(tickets[0], LoadSignal.Served, null);
        Assert.Equal(3, controller.Limit);
        controller.Release(tickets[1], LoadSignal.Throttled, TimeSpan.FromSeconds(5));
        Assert.Equal(3, controller.Limit);
        Assert.False(controller.AcquireAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_takes_no_place()
    {
        using ConcurrencyController controller = ConcurrencyController.Pinned(1, time);
        ConcurrencyTicket held = Admitted(controller, 1)[0];
        using CancellationTokenSource impatience = new();
        Task<ConcurrencyTicket> gone = controller.AcquireAsync(impatience.Token);
        Task<ConcurrencyTicket> patient = controller.AcquireAsync(CancellationToken.None);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        controller.Release(held, LoadSignal.Failed, null);
        Assert.Equal(held, await patient);
    }

    private static List<ConcurrencyTicket> Admitted(ConcurrencyController controller, int count)
    {
        List<ConcurrencyTicket> tickets = [];
        for (int i = 0; i < count; i++)
        {
            Task<ConcurrencyTicket> place = controller.AcquireAsync(CancellationToken.None);
            Assert.True(place.IsCompletedSuccessfully, $"No place was free for number {i + 1} of {count}.");
            tickets.Add(place.Result);
        }

        return tickets;
    }
}
