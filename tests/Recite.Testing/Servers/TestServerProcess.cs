using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Recite.Testing.Servers;

/// <summary>
/// A running Recite.TestServer: another process, another code base, a real socket. It ends when this object is disposed and also
/// when the process that started it dies. The test project must reference Recite.TestServer (without its assembly), so that it is built.
/// </summary>
public sealed class TestServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient client = new();

    private TestServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>The server's address without path.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server with the given options and waits until it listens.</summary>
    public static async Task<TestServerProcess> StartAsync(CancellationToken cancellationToken, params string[] options)
    {
        // artifacts/bin/PROJECT/CONFIGURATION: the server stands beside the tests, in the same configuration.
        DirectoryInfo own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string server = Path.Combine(own.Parent!.Parent!.FullName, "Recite.TestServer", own.Name, "Recite.TestServer.dll");
        ProcessStartInfo start = new("dotnet", [server, .. options, "--exit-with-stdin"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process started = Process.Start(start) ?? throw new InvalidOperationException("The test server did not start.");
        string? line = await started.StandardOutput.ReadLineAsync(cancellationToken);
        if (line is null)
            throw new InvalidOperationException($"The test server ended before it listened; is it built? It should be {server}.");
        return new TestServerProcess(started, new Uri(line));
    }

    /// <summary>The target id of the model it serves.</summary>
    public string TargetId(string model = "echo") => $"{Address.GetLeftPart(UriPartial.Authority)}/v1#{model}";

    /// <summary>What it has seen so far: <c>requests</c>, <c>served</c>, <c>promptsServed</c>, <c>mostUnderWay</c>, <c>faults</c>.</summary>
    public async Task<JsonObject> ReadCountersAsync(CancellationToken cancellationToken) =>
        JsonNode.Parse(await client.GetStringAsync(new Uri(Address, "/test/counters"), cancellationToken))!.AsObject();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        client.Dispose();
    }
}
