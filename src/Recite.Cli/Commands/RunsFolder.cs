using System.CommandLine;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary>The folder of runs that goes with a configuration: <c>runs/</c> beside it, or here when there is none.</summary>
internal static class RunsFolder
{
    private const string Name = "runs";

    /// <summary>The runs beside the configuration in use.</summary>
    public static RunStore Open(CommandContext context) => new(Path.Combine(context.Settings.File.Folder, Name), context.Time);

    /// <summary>The argument that names a run.</summary>
    public static Argument<string> RunArgument() =>
        new("run") { HelpName = "RUN", Description = "The run's id, or a beginning of it that no other run shares." };
}
