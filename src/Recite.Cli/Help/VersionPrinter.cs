using System.CommandLine;
using System.CommandLine.Invocation;

namespace Recite.Cli.Help;

/// <summary>Prints the version of Recite, whatever program it runs inside.</summary>
internal sealed class VersionPrinter : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ProductVersion.Text);
        return ExitCodes.Ok;
    }
}
