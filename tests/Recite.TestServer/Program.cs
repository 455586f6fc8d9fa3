using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Recite.TestServer;
using Recite.TestServer.Engines;
using Recite.TestServer.Faults;
using Recite.TestServer.Protocols;

if (args is [] or ["--help"])
{
    Console.WriteLine(ServerOptions.Usage);
    return 0;
}

ServerOptions options = ServerOptions.Parse(args);
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
await using WebApplication app = builder.Build();

IReplyEngine engine = options.ModelDirectory is { } directory ? new OnnxEngine(directory) : new EchoEngine();
Counters counters = new();
RequestHandler handler = new(options, engine, new FaultSchedule(options), counters, TimeProvider.System);

if (options.Completions)
    Map("/v1/completions", new OpenAICompletions(options.Scoring));
if (options.Chat)
    Map("/v1/chat/completions", new OpenAIChat());
Map("/v1/messages", new AnthropicMessages());
app.MapGet("/v1/models", () => Results.Json(new JsonObject
{
    ["object"] = "list",
    ["data"] = new JsonArray(new JsonObject { ["id"] = options.Name, ["object"] = "model", ["owned_by"] = "test" }),
}));
app.MapGet("/test/counters", () => Results.Json(counters.ToJson()));

await app.StartAsync();
Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
if (options.ExitWithStandardInput)
{
    // The parent holds the other end: when it dies, however it dies, this server ends too.
    await Console.In.ReadToEndAsync();
    await app.StopAsync(new CancellationToken(canceled: true));
    return 0;
}

await app.WaitForShutdownAsync();
return 0;

void Map(string path, IProtocol protocol) => app.MapPost(path, (HttpContext context) => handler.HandleAsync(context, protocol));
