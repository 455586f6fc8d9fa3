namespace Recite.Cli.Settings;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalSettings
{
    /// <summary>Data as JSON.</summary>
    public Setting<bool> Json { get; } = Flag("--json", "Print data as JSON on standard output.");

    /// <summary>No messages.</summary>
    public Setting<bool> Quiet { get; } = Flag("--quiet", "No messages and no progress, only data and errors.");

    /// <summary>More messages, and stack traces of internal errors.</summary>
    public Setting<bool> Verbose { get; } = Flag("--verbose", "Say more; internal errors show where they happened.", "-v");

    /// <summary>Plain text.</summary>
    public Setting<bool> NoColor { get; } = Flag("--no-color", "Plain text; NO_COLOR does the same.");

    /// <summary>No progress.</summary>
    public Setting<bool> NoProgress { get; } = Flag("--no-progress", "Do not show progress.");

    /// <summary>The configuration file.</summary>
    public Setting<string?> Config { get; } = SettingFactory.Text(
        "--config", "FILE", "The configuration file.", defaultText: "recite.yaml here, if there is one");

    /// <summary>The file of environment variables.</summary>
    public Setting<string?> EnvFile { get; } = SettingFactory.Text(
        "--env-file", "FILE", "A file of NAME=value lines.", defaultText: "the nearest .env here or above");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Setting> All => [Json, Quiet, Verbose, NoColor, NoProgress, Config, EnvFile];

    private static Setting<bool> Flag(string name, string description, params string[] aliases) =>
        SettingFactory.Flag(name, description, aliases: aliases);
}
