using System.CommandLine;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;

namespace Recite.Cli;

/// <summary>Everything a command is given.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Global">The options of every command.</param>
/// <param name="Settings">What holds after option, variable, file and default.</param>
/// <param name="Terminal">Where to speak.</param>
/// <param name="Rooms">The parts that commands are composed from.</param>
/// <param name="Time">The clock.</param>
/// <param name="WorkingDirectory">Where relative paths start.</param>
internal sealed record CommandContext(
    ParseResult Parsed,
    GlobalSettings Global,
    EffectiveSettings Settings,
    CommandTerminal Terminal,
    Composition Rooms,
    TimeProvider Time,
    string WorkingDirectory)
{
    /// <summary>The value of a setting.</summary>
    public T Value<T>(Setting<T> setting) => Settings.Value(setting);

    /// <summary>The value of an argument, empty where none was given.</summary>
    public IReadOnlyList<string> Values(Argument<string[]> argument) => Parsed.GetValue(argument) ?? [];
}
