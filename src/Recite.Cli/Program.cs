using Recite.Cli;
using Recite.Cli.Terminal;

TerminalStreams streams = TerminalStreams.OfProcess();
using var interruption = new Interruption();
var application = new Application(Composition.OfProcess(), streams, TimeProvider.System, Environment.GetEnvironmentVariable, Environment.CurrentDirectory);
return await application.RunAsync(args, interruption.Token);
