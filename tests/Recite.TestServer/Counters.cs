using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Recite.TestServer.Faults;

namespace Recite.TestServer;

/// <summary>What the server saw; <c>/test/counters</c> tells.</summary>
internal sealed class Counters
{
    private readonly ConcurrentDictionary<string, int> servedByPrompt = new(StringComparer.Ordinal);
    private readonly int[] faults = new int[Enum.GetValues<FaultKind>().Length];
    private int requests;
    private int served;
    private int underWay;
    private int mostUnderWay;

    /// <summary>Counts a request in and returns how many are under way with it.</summary>
    public int Enter(out int number)
    {
        number = Interlocked.Increment(ref requests);
        int now = Interlocked.Increment(ref underWay);
        for (int most = mostUnderWay; now > most; most = mostUnderWay)
        {
            if (Interlocked.CompareExchange(ref mostUnderWay, now, most) == most)
                break;
        }

        return now;
    }

    public void Leave() => Interlocked.Decrement(ref underWay);

    public void CountServed(string prompt)
    {
        Interlocked.Increment(ref served);
        servedByPrompt.AddOrUpdate(prompt, 1, (_, count) => count + 1);
    }

    public void CountFault(FaultKind kind) => Interlocked.Increment(ref faults[(int)kind]);

    public JsonObject ToJson()
    {
        JsonObject byKind = [];
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            if (kind != FaultKind.None)
                byKind[kind.ToString()] = faults[(int)kind];
        }

        return new JsonObject
        {
            ["requests"] = requests,
            ["served"] = served,
            ["promptsServed"] = servedByPrompt.Count,
            ["mostUnderWay"] = mostUnderWay,
            ["faults"] = byKind,
        };
    }
}
